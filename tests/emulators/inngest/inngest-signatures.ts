import { createHmac } from 'node:crypto'

/** Signs a body as Inngest does: over its canonical JSON and the time, with the key without its prefix. */
export function signatureOf(signingKey: string, body: unknown, at = new Date()) {
  const seconds = Math.floor(at.getTime() / 1000)
  const key = signingKey.replace(/^signkey-\w+-/, '')
  // A request without a body is signed as an empty text.
  const text = typeof body === 'string' ? body : canonical(body)
  const signed = createHmac('sha256', key)
    .update(text + seconds)
    .digest('hex')
  return `t=${seconds}&s=${signed}`
}

/** RFC 8785, for what JSON of this protocol holds: keys in order, no spaces. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`
}
