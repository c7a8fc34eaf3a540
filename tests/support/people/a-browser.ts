interface Params {
  params: Promise<Record<string, string | string[]>>
}
type Route = (request: Request, context: never) => Promise<Response>

interface Sent {
  body?: unknown
  params?: Record<string, string | string[]>
  headers?: Record<string, string>
}

/** A browser that keeps its cookies, and asks route handlers as the front door hands its requests to them. */
export function aBrowser(address = '203.0.113.7') {
  const jar = new Map<string, string>()
  const keep = (answer: Response) => {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/; */)
      const name = pair.slice(0, pair.indexOf('='))
      if (attributes.some((one) => /^max-age=0$/i.test(one))) jar.delete(name)
      else jar.set(name, pair.slice(name.length + 1))
    }
    return answer
  }
  const send = async (route: Route, method: string, path: string, sent: Sent = {}) => {
    const headers = new Headers({ host: 'localhost', 'x-photofinish-client': address })
    if (method !== 'GET') headers.set('origin', 'http://localhost')
    if (sent.body !== undefined) headers.set('content-type', 'application/json')
    if (jar.size > 0) headers.set('cookie', [...jar].map(([k, v]) => `${k}=${v}`).join('; '))
    for (const [name, value] of Object.entries(sent.headers ?? {})) headers.set(name, value)
    const body = sent.body === undefined ? null : JSON.stringify(sent.body)
    const request = new Request(`http://localhost${path}`, { method, headers, body })
    const context: Params = { params: Promise.resolve(sent.params ?? {}) }
    return keep(await route(request, context as never))
  }
  return { send, jar, keep }
}

export type Browser = ReturnType<typeof aBrowser>
