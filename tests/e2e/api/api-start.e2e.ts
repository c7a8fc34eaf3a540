import type { APIRequestContext } from '@playwright/test'
import { listClips, longClip } from '../helpers/clips.ts'
import { expect, test } from '../helpers/test.ts'

const path = '/api/generate/video'
const problemType = 'application/problem+json'

test('a start answers 202 with the file and where to follow it', async ({ request }) => {
  const response = await request.post(path, { data: { prompt: 'A mill', ...longClip, seed: 7 } })
  expect(response.status()).toBe(202)
  const body = (await response.json()) as { fileId: string }
  expect(response.headers().location).toBe(`/api/file/${body.fileId}`)
  expect(body).toMatchObject({
    success: true,
    requestId: body.fileId,
    files: [
      {
        id: body.fileId,
        version: 1,
        status: 'pending',
        settings: { seed: 7, model: 'local-preview' },
      },
    ],
  })
})

test('a faulty request names every faulty field with its limits', async ({ request }) => {
  const data = {
    prompt: ' ',
    aspectRatio: '4:3',
    duration: 'long',
    resolution: '8K',
    seed: -1,
    color: 'red',
  }
  const { status, type, problem } = await refusal(request, { data })
  expect([status, type, problem.code]).toEqual([400, problemType, 'invalid_input'])
  const messages = Object.fromEntries(problem.errors!.map(({ field, message }) => [field, message]))
  expect(Object.keys(messages).toSorted()).toEqual(Object.keys(data).toSorted())
  expect(messages.prompt).toContain('1 to 4,000')
  expect(messages.aspectRatio).toContain('9:16, 16:9, 1:1')
  expect(messages.seed).toContain('4294967295')
})

test('what the model cannot do is named with what it can', async ({ request }) => {
  const { status, problem } = await refusal(request, { data: { prompt: 'A mill', duration: 11 } })
  expect(status).toBe(400)
  expect(problem.errors).toEqual([
    { field: 'duration', message: expect.stringContaining('2 to 10 seconds') },
  ])
  const unknown = await refusal(request, { data: { prompt: 'A mill', model: 'no-such-model' } })
  expect(unknown.problem.errors).toEqual([
    { field: 'model', message: expect.stringContaining('local-preview') },
  ])
})

test('what is no JSON, no JSON type or too large is refused as such', async ({ request }) => {
  const json = { 'content-type': 'application/json' }
  const broken = await refusal(request, { data: Buffer.from('{"prompt":'), headers: json })
  expect([broken.status, broken.problem.code]).toEqual([400, 'invalid_input'])
  const text = await refusal(request, {
    data: 'prompt=x',
    headers: { 'content-type': 'text/plain' },
  })
  expect([text.status, text.problem.code]).toEqual([415, 'unsupported_media_type'])
  const large = await refusal(request, { data: { prompt: 'x'.repeat(70 * 1024) } })
  expect([large.status, large.problem.code]).toEqual([413, 'payload_too_large'])
  expect(await listClips(request)).toEqual([])
})

test('the same key and body is the same video, also when sent at once', async ({ request }) => {
  await request.post('/api/session')
  const start = () =>
    request.post(path, {
      data: { prompt: 'A mill, once', ...longClip },
      headers: { 'idempotency-key': 'one-intention' },
    })
  const answers = await Promise.all([start(), start(), start()])
  answers.push(await start())
  expect(answers.map((answer) => answer.status())).toEqual([202, 202, 202, 202])
  const ids = await Promise.all(
    answers.map(async (answer) => (await answer.json()).fileId as string),
  )
  expect(new Set(ids).size).toBe(1)
  expect(await listClips(request)).toHaveLength(1)
})

test('the same key with another body is 422, a malformed key 400', async ({ request }) => {
  const headers = { 'idempotency-key': 'another-intention' }
  const first = await request.post(path, { data: { prompt: 'A mill', ...longClip }, headers })
  expect(first.status()).toBe(202)
  const other = await refusal(request, { data: { prompt: 'A windmill', ...longClip }, headers })
  expect([other.status, other.problem.code]).toEqual([422, 'idempotency_key_reused'])
  for (const key of ['has spaces', 'x'.repeat(256)]) {
    const malformed = await refusal(request, {
      data: { prompt: 'A mill' },
      headers: { 'idempotency-key': key },
    })
    expect([malformed.status, malformed.problem.code]).toEqual([400, 'invalid_idempotency_key'])
  }
  expect(await listClips(request)).toHaveLength(1)
})

test('another site cannot start anything with the cookie of the user', async ({ request }) => {
  const headers = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }
  const { status, problem } = await refusal(request, { data: { prompt: 'A mill' }, headers })
  expect([status, problem.code]).toEqual([403, 'cross_site_request'])
})

type PostOptions = Parameters<APIRequestContext['post']>[1]

interface Problem {
  code: string
  errors?: { field: string; message: string }[]
}

async function refusal(request: APIRequestContext, options: PostOptions) {
  const response = await request.post(path, options)
  const problem = (await response.json()) as Problem
  return { status: response.status(), type: response.headers()['content-type'], problem }
}
