import { inEnglish } from '#lib/messages/translate'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { aFileView } from '../../tests/support/generations/file-view.ts'
import { isFileEvent, isFilePage, isFileView } from './file-view.ts'
import { callApi, problemOfSilence } from './calls/call-api.ts'
import { assertDeleted, ProblemError, readAnswer } from './problem.ts'
import { forgetPageSession } from './calls/page-session.ts'

beforeEach(forgetPageSession)

async function problemOf(response: Response) {
  const error = await readAnswer(response, isFileView).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ProblemError)
  return (error as ProblemError).problem
}

describe('reading an answer', () => {
  test('gives the view that was sent', async () => {
    expect(await readAnswer(Response.json(aFileView()), isFileView)).toEqual(aFileView())
  })

  test('gives the problem the server explained', async () => {
    const problem = {
      code: 'not_found',
      detail: 'Gone.',
      status: 404,
      title: '',
      type: '',
      retryable: false,
      traceId: 't',
    }
    expect(await problemOf(Response.json(problem, { status: 404 }))).toEqual(problem)
  })

  test.each([
    ['the login page of a network', new Response('<html>Log in</html>')],
    ['a gateway’s page', new Response('<html>502</html>', { status: 502 })],
    ['half a view', Response.json({ id: 'x', version: 1 })],
    ['a view cut off', new Response(JSON.stringify(aFileView()).slice(0, 200))],
    ['another API', Response.json({ error: 'nope' }, { status: 500 })],
  ])('takes %s for no answer of ours, and says so in plain words', async (_name, response) => {
    const problem = await problemOf(response)
    expect(problem).toMatchObject({ code: 'service_unavailable', retryable: true })
    expect(inEnglish(problem.detail)).not.toMatch(/html|JSON|502/)
  })
})

describe('P3: an answer of what is between the browser and the studio', () => {
  const page = { 'content-type': 'text/html' }
  const answer = (status: number, headers: Record<string, string> = page) =>
    new Response('<html><h1>Guest network</h1></html>', { status, headers })

  test.each([
    [
      413,
      { server: 'nginx/1.22.1', ...page },
      /rejects requests of this size.*: client_max_body_size\.$/,
      false,
    ],
    [
      413,
      { server: 'Apache/2.4.71', ...page },
      /rejects requests of this size.*: LimitRequestBody\.$/,
      false,
    ],
    [
      413,
      { server: 'Caddy' },
      /rejects requests of this size.*: max_size in request_body\.$/,
      false,
    ],
    [413, page, /client_max_body_size in nginx, LimitRequestBody in Apache/, false],
    [401, page, /asks you to sign in\. Reload this page/, true],
    [407, page, /asks you to sign in/, true],
    [403, page, /Reload this page and sign in if asked/, false],
    [404, page, /doesn’t forward this address/, false],
    [405, page, /refused this request \(status 405\)/, false],
    [400, page, /refused this request \(status 400\)/, false],
    [408, page, /faster connection/, true],
    [414, page, /large_client_header_buffers/, false],
    [431, {}, /large_client_header_buffers/, false],
    [429, page, /limits requests\. Wait a minute/, true],
    [502, page, /can’t reach it\. .* try again in a moment/i, true],
    [503, page, /can’t reach it/, true],
    [504, page, /timed out.*timeouts/, true],
    [511, page, /usually the sign-in page of a network/, true],
    [521, page, /can’t reach it/, true],
    [524, page, /timed out/, true],
    [526, page, /certificate/, false],
    [200, page, /usually the sign-in page of a network/, true],
    [200, { 'content-type': 'application/json' }, /usually the sign-in page of a network/, true],
  ])('%i with %j is named', async (status, headers, words, retryable) => {
    const problem = await problemOf(answer(status, headers))
    expect(problem).toMatchObject({ status, retryable })
    const said = inEnglish(problem.detail)
    expect(said).toMatch(words)
    expect(said).not.toMatch(/Guest network|html/)
  })

  test('no answer of a proxy takes a video for gone', async () => {
    expect((await problemOf(answer(404))).code).not.toBe('not_found')
    await expect(assertDeleted(answer(404))).rejects.toBeInstanceOf(ProblemError)
    await expect(assertDeleted(answer(502))).rejects.toBeInstanceOf(ProblemError)
    const gone = { code: 'not_found', detail: 'Gone.', status: 404 }
    await expect(assertDeleted(Response.json(gone, { status: 404 }))).resolves.toBeUndefined()
    await expect(assertDeleted(new Response(null, { status: 204 }))).resolves.toBeUndefined()
  })

  test('the size of the refused file is named', async () => {
    const refused = await readAnswer(answer(413), isFileView, 2.1 * 1024 ** 2).catch(
      (error: unknown) => error,
    )
    const { detail } = (refused as ProblemError).problem
    expect(inEnglish(detail)).toMatch(/^The proxy .* rejects files of 2\.2 MB\./)
  })

  test.each([
    ['JSON', Response.json({ message: 'Payload Too Large' }, { status: 413 })],
    ['text', new Response('Request Entity Too Large', { status: 413 })],
    ['nothing', new Response(null, { status: 413 })],
  ])('also as %s', async (_name, response) => {
    expect(await problemOf(response)).toMatchObject({ code: 'payload_too_large', retryable: false })
  })

  test('a redirect is not followed, and named a sign-in', async () => {
    const asked: RequestInit[] = []
    const redirecting = async (_url: unknown, init?: RequestInit) => {
      asked.push(init ?? {})
      return Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' })
    }
    const response = await callApi('/api/file', { method: 'POST' }, redirecting)
    expect(asked).toEqual([{ method: 'POST', redirect: 'manual' }])
    expect(await problemOf(response)).toMatchObject({ code: 'session_required', retryable: true })
    expect((await problemOfSilence(redirecting)).code).toBe('session_required')
  })

  test('an upload without an answer is a lost connection, unless a proxy says more', async () => {
    const lost = () => Promise.reject(new TypeError('Failed to fetch'))
    expect((await problemOfSilence(lost)).title).toBe('no connection')
    expect((await problemOfSilence(async () => Response.json({ models: [] }))).title).toBe(
      'no connection',
    )
    const problem = await problemOfSilence(async () => answer(502))
    expect(inEnglish(problem.detail)).toMatch(/can’t reach it/)
  })

  test('a call that was aborted on purpose is no problem; one that was too slow is', async () => {
    const hanging = (_url: unknown, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        const { signal } = init!
        const fail = () => reject(signal!.reason as Error)
        if (signal!.aborted) fail()
        signal!.addEventListener('abort', fail)
      })
    const aborted = callApi('/', { signal: AbortSignal.abort() }, hanging)
    await expect(aborted).rejects.toThrow(/abort/i)
    const late = callApi('/', { signal: AbortSignal.timeout(1) }, hanging)
    await expect(late).rejects.toBeInstanceOf(ProblemError)
  })
})

test('the guards take any value without throwing, and hardly any for ours', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect([isFileView(value), isFilePage(value), isFileEvent(value)]).toEqual([
        false,
        false,
        false,
      ])
    }),
  )
  expect(isFilePage({ files: [aFileView()], nextCursor: null })).toBe(true)
  expect(isFilePage({ files: [{}], nextCursor: null })).toBe(false)
  expect(isFileEvent({ type: 'file', object: aFileView() })).toBe(true)
})
