import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { pipeline } from 'node:stream/promises'

interface Asked {
  port: number
  path: string
  cookie: string
  /** What is posted; without it the path is read. */
  body?: object
}

/** Saves an answer as a file, with as little work as Node can: the reader is not what is measured. */
export async function saveAnswer({ port, path, cookie, body }: Asked, to: string) {
  const headers = { cookie, ...(body && { 'content-type': 'application/json' }) }
  const method = body ? 'POST' : 'GET'
  const asked = request({ host: '127.0.0.1', port, path, method, headers })
  asked.end(body && JSON.stringify(body))
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  if (answer.statusCode !== 200) throw new Error(`${path} answers ${answer.statusCode}`)
  await pipeline(answer, createWriteStream(to, { highWaterMark: 1024 ** 2 }))
}
