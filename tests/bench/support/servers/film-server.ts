import { once } from 'node:events'
import { type ServerResponse, createServer } from 'node:http'
import { answer } from '../answer.ts'
import { listen } from './listen.ts'

// Vertex AI with one job, which is done: its video of any size comes in base64 inside the answer, as at Google.

const chunk = Buffer.alloc(48 * 1024, 'film').toString('base64')

answer({
  listen(filmBytes: number) {
    return listen(
      createServer((request, response) => {
        request.resume()
        send(response, filmBytes).catch(() => response.destroy())
      }),
    )
  },
})

async function send(response: ServerResponse, filmBytes: number) {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('{"name":"p/models/m/operations/1","done":true,"response":{"videos":[{')
  response.write('"mimeType":"video/mp4","bytesBase64Encoded":"')
  const left = Math.round((filmBytes / 3) * 4)
  for (let sent = 0; sent < left && !response.closed; sent += chunk.length)
    if (!response.write(chunk)) await moved(response)
  response.end('"}]}}')
}

/** Waits until the reader took what was written, or left. */
async function moved(response: ServerResponse) {
  const over = new AbortController()
  const { signal } = over
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })])
  over.abort()
}
