import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** The web `Request` of a Node request without a body, aborted when the client goes. */
export function webRequestOf(request: IncomingMessage, response: ServerResponse): Request {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    for (const one of [value].flat()) if (one !== undefined) headers.append(name, one)
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`)
  return new Request(url, { method: request.method ?? 'GET', headers, signal: gone.signal })
}

/** Sends a web `Response` through a Node one, no faster than the client reads. */
export async function sendWebResponse(answer: Response, response: ServerResponse) {
  const headers: Record<string, string | string[]> = Object.fromEntries(answer.headers)
  const cookies = answer.headers.getSetCookie()
  if (cookies.length > 0) headers['set-cookie'] = cookies
  response.writeHead(answer.status, headers)
  if (!answer.body) {
    response.end()
    return
  }
  await pump(answer.body, response)
}

async function pump(body: ReadableStream<Uint8Array>, response: ServerResponse) {
  const reader = body.getReader()
  const cancel = () => void reader.cancel().catch(() => {})
  response.once('close', cancel)
  try {
    while (true) {
      const { done, value } = await reader.read()
      if (done) break
      if (!response.write(value)) await Promise.race([once(response, 'drain'), once(response, 'close')])
      if (response.destroyed) return
    }
    response.end()
  } catch {
    // Half an answer must not look like a whole one.
    response.destroy()
  } finally {
    response.off('close', cancel)
  }
}
