import type { IncomingMessage, ServerResponse } from 'node:http'
import { ChunkStream } from '../../assets/storage/chunk-stream.ts'
import { PushStream } from '../../events/push-stream.ts'
import { guardHead } from '../guard-answer.ts'
import type { RequestHead } from '../request-guards.ts'
import { firstOf, streamRaw } from '../streams/raw-stream.ts'
import { WholeAnswer } from '../whole-answer.ts'

/** The head of a Node request, as a web handler reads it. */
export function requestHeadOf(request: IncomingMessage): RequestHead {
  const { method = 'GET', url = '/', headers } = request
  return {
    method,
    url: `http://${headers.host || 'localhost'}${url}`,
    headers: { get: (name) => joined(headers[name.toLowerCase()]) },
  }
}

function joined(value: string | string[] | undefined) {
  return Array.isArray(value) ? value.join(', ') : (value ?? null)
}

/** The path of a request that was let in, decoded. */
export function pathOf({ url = '/' }: Pick<IncomingMessage, 'url'>) {
  return decodeURIComponent(url.split('?', 1)[0]!)
}

/** Sends a web `Response` through a Node one, no faster than the client reads. */
export async function sendWebResponse(answer: Response, response: ServerResponse) {
  if (answer instanceof WholeAnswer)
    response.setHeader('content-length', Buffer.byteLength(answer.content))
  for (const [name, value] of answer.headers) response.setHeader(name, value)
  const cookies = answer.headers.getSetCookie()
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  if (answer.body instanceof PushStream) {
    guardHead(response)
    return await streamRaw(answer.body.source, answer.status, response)
  }
  response.writeHead(answer.status)
  if (answer instanceof WholeAnswer) response.end(answer.content)
  else if (!answer.body) response.end()
  // The client may have gone while the answer was made: then no event will ever tell us.
  else if (response.destroyed) await answer.body.cancel()
  else if (answer.body instanceof ChunkStream) await pour(answer.body.chunks, response)
  else await pump(answer.body, response)
}

/** Sends each chunk before the next is asked for, whose memory may be the same. */
async function pour(chunks: AsyncIterable<Uint8Array>, response: ServerResponse) {
  try {
    for await (const chunk of chunks) {
      await written(chunk, response)
      if (response.destroyed) return
    }
    response.end()
  } catch {
    // Half an answer must not look like a whole one.
    response.destroy()
  }
}

async function pump(body: ReadableStream<Uint8Array>, response: ServerResponse) {
  const reader = body.getReader()
  // A body that is silent for long tells nothing of a client that is gone.
  const cancel = () => void reader.cancel().catch(() => {})
  response.once('close', cancel)
  try {
    while (true) {
      const { done, value } = await reader.read()
      if (done) break
      if (!response.write(value)) await firstOf([response, 'drain'], [response, 'close'])
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

/** Settles once the system has taken the bytes, or the client is gone. Leaves no listener behind. */
function written(bytes: Uint8Array, response: ServerResponse) {
  return new Promise<void>((resolve) => {
    const settle = () => {
      response.off('close', settle)
      resolve()
    }
    response.once('close', settle)
    response.write(bytes, settle)
  })
}
