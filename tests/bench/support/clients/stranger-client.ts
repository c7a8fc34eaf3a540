import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { answer } from '../answer.ts'

// Sends requests one after another in a process of its own: what the bench or another client does makes none of them
// wait here.

export interface Ask {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: Uint8Array
}

export interface Sending {
  port: number
  ask: Ask
  durationMs: number
  /** Between an answer and the next request. */
  pauseMs: number
}

answer({
  /** How many were sent, and how long the slowest took, in milliseconds. */
  async send({ port, ask, durationMs, pauseMs }: Sending) {
    let sent = 0
    let longestMs = 0
    for (const end = performance.now() + durationMs; performance.now() < end; sent++) {
      const begin = performance.now()
      await send(port, ask)
      longestMs = Math.max(longestMs, performance.now() - begin)
      if (pauseMs > 0) await sleep(pauseMs)
    }
    return { sent, longestMs }
  },
})

/** Resolves at the end of the answer, or of the connection: some are closed on a stranger. */
function send(port: number, { method = 'GET', path, headers, body }: Ask) {
  return new Promise<void>((resolve) => {
    const asked = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      response.resume().once('close', resolve)
    })
    asked.once('error', () => resolve())
    asked.end(body)
  })
}
