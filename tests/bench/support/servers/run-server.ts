import { createInterface } from 'node:readline'
import { databaseAddress } from '#lib/db/client'
import { Child } from '../children/child.ts'

export interface RunningServer extends AsyncDisposable {
  child: Child
  port: number
}

const startMs = 90_000

/** Starts the product itself, as `npm start` does, on the bench's database and a free port of loopback. */
export async function runServer(environment: Record<string, string> = {}): Promise<RunningServer> {
  const child = new Child('server.ts', {
    nodeArguments: ['--expose-gc', '--import', './tests/bench/support/answer-memory.ts'],
    environment: {
      DATABASE_URL: databaseAddress(),
      PORT: '0',
      HOST: '127.0.0.1',
      // It asks as often as it can, from one address and often as one account.
      RATE_LIMITS: 'off',
      ...environment,
    },
    output: 'pipe',
  })
  try {
    const port = await readyPort(child)
    return { child, port, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() }
  } catch (error) {
    await child[Symbol.asyncDispose]()
    throw error
  }
}

/** The port of the line that tells the address; what the server says is not shown. */
async function readyPort(child: Child) {
  const timer = setTimeout(() => child.process.kill('SIGKILL'), startMs)
  try {
    for await (const line of createInterface({ input: child.process.stdout! })) {
      const port = /ready: http:\/\/localhost:(\d+)/.exec(line)?.[1]
      if (port) return Number(port)
    }
    throw new Error('the server did not start')
  } finally {
    clearTimeout(timer)
    child.process.stdout?.resume()
  }
}

/** Starts one of the bench's own servers. */
export async function runBareServer(script: string, input?: unknown): Promise<RunningServer> {
  const child = new Child(`tests/bench/support/servers/${script}`, {
    nodeArguments: ['--expose-gc'],
    output: 'ignore',
  })
  const port = await child.ask<number>('listen', input)
  return { child, port, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() }
}
