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
  return {
    handed: () => handed,
    async send(method: string, path: string, headers: Record<string, string> = {}) {
      const sent = ask({ port, host: '127.0.0.1', path, method, headers }).end()
      const [response] = (await once(sent, 'response')) as [IncomingMessage]
      return { status: response.statusCode, head: response.headers, body: await text(response) }
    },
  }
}
