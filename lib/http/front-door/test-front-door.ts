import { once } from 'node:events'
import { type IncomingMessage, type Server, createServer, request as ask } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { env } from '../../env.ts'
import { forgetProcessWide } from '../../process-wide.ts'
import { frontDoor } from './front-door.ts'

/** A server with the front door for the tests of a file. Behind it everything is answered with `{}`, and kept. */
export function withFrontDoor() {
  let server: Server
  let port: number
  /** What was let through, newest last. */
  let handed: IncomingMessage[] = []
  beforeAll(async () => {
    const answer = frontDoor((request, response) => {
      handed.push(request)
      response.end('{}')
    })
    server = createServer((request, response) => void answer(request, response))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    ;({ port } = server.address() as AddressInfo)
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  beforeEach(() => {
    forgetProcessWide('token buckets')
    forgetProcessWide('keys seen')
    Object.assign(env(), { TRUST_PROXY: 0, RATE_LIMITS: 1 })
    handed = []
  })
  /** Sends a request; the answer's body is not read yet. */
  async function open(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string,
  ) {
    // A connection of its own: one that is kept may just be ending.
    const options = { port, host: '127.0.0.1', path, method, headers, agent: false }
    const sent = ask(options).end(body)
    return ((await once(sent, 'response')) as [IncomingMessage])[0]
  }
  return {
    handed: () => handed,
    async send(method: string, path: string, headers: Record<string, string> = {}) {
      const response = await open(method, path, headers)
      return { status: response.statusCode, head: response.headers, body: await text(response) }
    },
    open,
  }
}
