import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ProblemError, isRetryable } from '#lib/contract/problem'
import { generateVideo } from './generate-video.ts'

let withOwnSession: (
  send: () => Promise<Response>,
  fetch?: typeof globalThis.fetch,
) => Promise<Response>
/** What was asked of the server, in its order. */
let asked: string[]

beforeEach(async () => {
  // Once a page: each test is a page of its own.
  vi.resetModules()
  ;({ withOwnSession } = await import('./own-session.ts'))
  asked = []
})

function server(...sessions: (number | 'away')[]) {
  return async () => {
    const next = sessions.shift() ?? 204
    asked.push(`session ${next}`)
    if (next === 'away') throw new TypeError('no connection')
    return next === 204
      ? new Response(null, { status: 204 })
      : new Response('{"code":"rate_limited"}', { status: next, headers: { 'retry-after': '9' } })
  }
}

const write = (name: string) => async () => {
  asked.push(name)
  return new Response(name, { status: 202 })
}

describe('S9: what makes something', () => {
  test('waits for the session of the page, which is opened once', async () => {
    const opens = server()
    await Promise.all(['a', 'b', 'c'].map((name) => withOwnSession(write(name), opens)))
    await withOwnSession(write('d'), opens)
    expect(asked).toEqual(['session 204', 'a', 'b', 'c', 'd'])
  })

  test('is not sent where the session is refused: each is told why, and the next one asks again', async () => {
    const opens = server(429)
    const refused = await Promise.all([
      withOwnSession(write('a'), opens),
      withOwnSession(write('b'), opens),
    ])
    for (const answer of refused) {
      expect(answer.status).toBe(429)
      expect(answer.headers.get('retry-after')).toBe('9')
      expect(await answer.json()).toEqual({ code: 'rate_limited' })
    }
    expect((await withOwnSession(write('a'), opens)).status).toBe(202)
    expect(asked).toEqual(['session 429', 'session 204', 'a'])
  })

  test('is not sent where the server is away, and goes on when it is back', async () => {
    const opens = server('away')
    await expect(withOwnSession(write('a'), opens)).rejects.toMatchObject({
      problem: { detail: { key: 'proxy.offline' } },
    })
    expect((await withOwnSession(write('a'), opens)).status).toBe(202)
    expect(asked).toEqual(['session away', 'session 204', 'a'])
  })
})

describe('F39: a browser that seems to keep no cookies', () => {
  const giving = (marks: string[]) => async () => {
    const mark = marks.shift()!
    asked.push(`session ${mark}`)
    return new Response(null, { status: 204, headers: { 'x-session': mark } })
  }
  const blocking = {
    get cookie() {
      return ''
    },
    set cookie(_line: string) {},
  }
  beforeEach(() => vi.stubGlobal('document', blocking))
  afterEach(() => vi.unstubAllGlobals())

  test('F39: sends nothing where each answer is of another session, and is named', async () => {
    const answer = await withOwnSession(write('a'), giving(['one', 'two']))
    expect(asked).toEqual(['session one', 'session two'])
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ code: 'cookies_refused' })
    await withOwnSession(write('b'), giving(['three', 'three']))
    expect(asked.slice(2)).toEqual(['session three', 'session three', 'b'])
  })

  test('F39: that keeps those of the server goes on', async () => {
    const answer = await withOwnSession(write('a'), giving(['one', 'one']))
    expect(asked).toEqual(['session one', 'session one', 'a'])
    expect(answer.status).toBe(202)
  })

  test('F39: that has no page to ask keeps what it is given', async () => {
    vi.stubGlobal('document', undefined)
    await withOwnSession(write('a'), giving(['one']))
    expect(asked).toEqual(['session one', 'a'])
  })
})

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
    expect((await withOwnSession(send, server())).status).toBe(202)
    expect(sent()).toBe(2)
  })

  test('names the cookies where the browser does not keep them, and never goes on for ever', async () => {
    const { send, sent } = answers(without)
    const answer = await withOwnSession(send, server())
    expect(await answer.json()).toMatchObject({
      code: 'cookies_refused',
      detail: { key: 'errors.cookiesRefused' },
    })
    expect(sent()).toBe(2)
    expect(isRetryable('cookies_refused')).toBe(true)
  })

  test.each([problem(402, 'insufficient_credits'), problem(401, 'webhook_refused')])(
    'any other answer stays as it is',
    async (other) => {
      const { send, sent } = answers(other)
      expect(await (await withOwnSession(send, server())).json()).toEqual(other.body)
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
