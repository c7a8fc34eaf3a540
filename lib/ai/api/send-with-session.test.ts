import { describe, expect, test } from 'vitest'
import { ProblemError, isRetryable } from '#lib/contract/problem'
import { generateVideo } from './generate-video.ts'
import { sendWithSession } from './send-with-session.ts'

function answers(...all: { status: number; body: object }[]) {
  let sent = 0
  const send = async () => {
    const { status, body } = all[Math.min(sent++, all.length - 1)]!
    return Response.json(body, { status })
  }
  return { send, sent: () => sent }
}

const problem = (status: number, code: string) => ({
  status,
  body: { code, status, detail: 'words of the server' },
})
const without = problem(401, 'session_required')

describe('F39: a request without a session', () => {
  test('is sent once more with the one it was given', async () => {
    const { send, sent } = answers(without, { status: 202, body: {} })
    expect((await sendWithSession(send)).status).toBe(202)
    expect(sent()).toBe(2)
  })

  test('names the cookies where the browser does not keep them, and never goes on for ever', async () => {
    const { send, sent } = answers(without)
    const answer = await sendWithSession(send)
    expect(await answer.json()).toMatchObject({
      code: 'cookies_refused',
      detail: expect.stringContaining('Your browser refuses cookies') as string,
    })
    expect(sent()).toBe(2)
    expect(isRetryable('cookies_refused')).toBe(true)
  })

  test.each([problem(402, 'insufficient_credits'), problem(401, 'webhook_refused')])(
    'any other answer stays as it is',
    async (other) => {
      const { send, sent } = answers(other)
      expect(await (await sendWithSession(send)).json()).toEqual(other.body)
      expect(sent()).toBe(1)
    },
  )

  test('a start says so, under one idempotency key', async () => {
    const keys: (string | null)[] = []
    const fetch = async (url: RequestInfo | URL, init?: RequestInit) => {
      // The session is given, and its cookie is not kept.
      if (url === '/api/session') return new Response(null, { status: 204 })
      keys.push(new Headers(init?.headers).get('idempotency-key'))
      return Response.json(without.body, { status: 401 })
    }
    const start = generateVideo({ prompt: 'a fox' }, { idempotencyKey: 'one', fetch })
    const error: unknown = await start.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ProblemError)
    expect((error as ProblemError).problem.code).toBe('cookies_refused')
    expect(keys).toEqual(['one', 'one'])
  })
})
