import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type IncomingMessage, request as ask } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll } from 'vitest'
import { databaseAddress } from '#lib/db/client'

const root = join(import.meta.dirname, '../..')
const running: ChildProcess[] = []

export interface Asked {
  headers?: Record<string, string>
  body?: unknown
}

export interface Answered {
  status: number
  body: string
  cookie: string
}

/** Ends the servers of a test file with it. */
export function withServers() {
  afterAll(async () => {
    for (const child of running.splice(0)) {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    }
  })
}

/** A server in a process of its own, on the database of the test; asked at an address of this machine. */
export async function startServer(variables: Record<string, string>, address = '127.0.0.1') {
  const child: ChildProcess = spawn(process.execPath, ['tests/servers/run-server.ts'], {
    cwd: root,
    env: {
      NODE_ENV: 'test',
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      NODE_OPTIONS: process.env.NODE_OPTIONS,
      DATA_DIR: process.env.DATA_DIR,
      DATABASE_URL: databaseAddress(),
      LOG_LEVEL: 'silent',
      PORT: '0',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  process.once('exit', () => child.kill('SIGKILL'))
  const port = await readyPort(child)
  return {
    /** Sends a request over HTTP, with exactly these headers and the host it is asked at. */
    async send(
      method: string,
      path: string,
      { headers = {}, body }: Asked = {},
    ): Promise<Answered> {
      const payload = body === undefined ? undefined : JSON.stringify(body)
      const sent = ask({
        // A connection of its own: one that the server has closed is not used again.
        agent: false,
        host: address,
        port,
        path,
        method,
        headers: { ...(payload && { 'content-type': 'application/json' }), ...headers },
      })
      sent.end(payload)
      const [response] = (await once(sent, 'response')) as [IncomingMessage]
      const isStream = response.headers['content-type']?.startsWith('text/event-stream')
      // An event stream of the hub has no end.
      if (isStream && path.includes('/events/')) response.destroy()
      const answered = response.destroyed ? '' : await text(response)
      const cookie = (response.headers['set-cookie'] ?? []).map((one) => one.split(';')[0])
      return { status: response.statusCode!, body: answered, cookie: cookie.join('; ') }
    },
  }
}

async function readyPort(child: ChildProcess) {
  let said = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => (said += chunk))
  while (!/^ready \d+$/m.test(said)) {
    if (child.exitCode !== null) throw new Error(said)
    await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')])
  }
  return Number(/^ready (\d+)$/m.exec(said)![1])
}
