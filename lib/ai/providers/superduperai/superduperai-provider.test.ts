import { says } from '../../../../tests/support/says.ts'
import { inEnglish } from '#lib/messages/translate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closedAddress } from '../../../../tests/support/closed-address.ts'
import type { Json, ProviderInput } from '../provider.ts'
import accepted from './fixtures/accepted.json' with { type: 'json' }
import completed from './fixtures/completed.json' with { type: 'json' }
import failed from './fixtures/failed.json' with { type: 'json' }
import pending from './fixtures/pending.json' with { type: 'json' }
import refused from './fixtures/refused.json' with { type: 'json' }
import { createSuperDuperAiProvider } from './superduperai-provider.ts'
import {
  begin,
  contextAnswering,
  createTestbed,
  errorOf,
  follow,
  start,
  testContext,
  testRequest,
} from './test-bed.ts'

let bed: Awaited<ReturnType<typeof createTestbed>>

beforeAll(async () => {
  bed = await createTestbed()
})
afterAll(() => bed.close())

const submitError = (words: string) =>
  errorOf(begin(bed.provider, testRequest({ prompt: `fox ${words}` }), testContext()))

function input(role: ProviderInput['role'], read = async () => new Uint8Array([1, 2, 3])) {
  return { role, contentType: 'image/png', fileName: 'image_1.png', read }
}

describe('a provider', () => {
  test('says who it is and what it cannot do', () => {
    expect(bed.provider).toMatchObject({
      id: 'superduperai',
      label: 'SuperDuperAI',
      consoleUrl: bed.emulator.url,
      isOnThisMachine: true,
    })
    for (const name of ['find', 'cancel', 'fetch', 'readWebhook'])
      expect(bed.provider).not.toHaveProperty(name)
    const baseUrl = 'https://dev-editor.superduperai.co'
    expect(createSuperDuperAiProvider({ token: 't', baseUrl }).isOnThisMachine).toBe(false)
  })

  test('gives its token to its own origin only', () => {
    const headersFor = (url: string) => bed.provider.headersFor!(new URL(url))
    const { url, port } = { url: bed.emulator.url, port: new URL(bed.emulator.url).port }
    expect(headersFor(`${url}/media/1.mp4`)).toEqual({
      authorization: `Bearer ${bed.account.token}`,
    })
    expect(headersFor('https://media.example/1.mp4')).toEqual({})
    expect(headersFor(`https://127.0.0.1:${port}/1.mp4`)).toEqual({})
    expect(headersFor(`http://127.0.0.1.evil.example:${port}/1.mp4`)).toEqual({})
  })
})

describe('a job', () => {
  test('is made, looked at until it is done, and can be downloaded', async () => {
    const { provider, emulator } = bed
    const request = testRequest({
      prompt: 'made #superduperai:seconds=2',
      negativePrompt: 'blur',
      durationSeconds: 10,
    })
    const result = await begin(provider, request, testContext())
    const [job] = emulator.jobsOf(request.prompt)
    expect(result).toEqual({
      operation: { fileId: job!.reference },
      providerJobId: job!.reference,
    })
    expect(job).toMatchObject({ billedUsd: 4 })
    expect(job!.details.config).toEqual({
      generation_config_name: 'comfyui/ltx',
      prompt: 'made #superduperai:seconds=2',
      negative_prompt: 'blur',
      seed: 4_000_000_123,
      duration: 10,
      width: 854,
      height: 480,
      aspect_ratio: '16:9',
    })
    const seen = await follow(provider, { fileId: job!.reference })
    expect(seen[0]).toEqual({ status: 'pending' })
    const url = emulator.linkOf(job!)
    expect(seen.at(-1)).toEqual({ status: 'completed', output: { kind: 'url', url } })
    const bytes = await (await fetch(url)).bytes()
    expect(new TextDecoder('latin1').decode(bytes.slice(4, 8))).toBe('ftyp')
  })

  test('goes on in another process with what was stored', async () => {
    const operation = await start(bed.provider, testRequest({ prompt: 'restart' }))
    const seen = await follow(bed.createProvider(), operation)
    expect(seen.at(-1)).toMatchObject({ status: 'completed' })
  })

  test('begins from a picture that was uploaded first', async () => {
    const { provider, emulator } = bed
    await start(provider, testRequest({ prompt: 'picture', inputs: [input('first_frame')] }))
    const upload = emulator.uploads.at(-1)!
    expect(upload).toMatchObject({
      fileName: 'image_1.png',
      contentType: 'image/png',
      bytes: new Uint8Array([1, 2, 3]),
    })
    const [job] = emulator.jobsOf('picture')
    expect(job!.details.config).toMatchObject({
      references: [{ type: 'source', reference_id: upload.id }],
    })
  })

  test.each(['last_frame', 'reference', 'source_video'] as const)(
    'is not made from a %s',
    async (role) => {
      const asked = bed.emulator.requests.length
      const inputs = [input('first_frame'), input(role)]
      const error = await errorOf(begin(bed.provider, testRequest({ inputs }), testContext()))
      expect(error).toMatchObject({ code: 'invalid_input', submitOutcome: 'no_job' })
      expect(bed.emulator.requests).toHaveLength(asked)
    },
  )

  test('is not made where the picture cannot be read', async () => {
    const inputs = [input('first_frame', () => Promise.reject(new Error('disk')))]
    const error = await errorOf(begin(bed.provider, testRequest({ inputs }), testContext()))
    expect(error).toMatchObject({ code: 'provider_unavailable', submitOutcome: 'no_job' })
  })

  test.each([404, 500, 502, 200])('is not made after an upload of %d', async (status) => {
    const inputs = [input('first_frame')]
    const context = contextAnswering({ detail: 'no' }, status)
    const error = await errorOf(begin(bed.provider, testRequest({ inputs }), context))
    expect(error).toMatchObject({
      code: 'provider_unavailable',
      submitOutcome: 'no_job',
      retryable: true,
    })
  })

  test.each(['=1', '=2'])('is known by an answer of older servers, %s', async (generation) => {
    const prompt = `old #superduperai:accepted-old${generation}`
    const operation = await start(bed.provider, testRequest({ prompt }))
    expect(operation).toEqual({ fileId: bed.emulator.jobsOf(prompt)[0]!.reference })
  })
})

describe('a refused submit', () => {
  test.each([
    ['401', { code: 'auth', retryable: false }],
    ['402', { code: 'insufficient_credits', retryable: false }],
    ['403', { code: 'auth', retryable: false }],
    ['409', { code: 'invalid_input', retryable: false }],
    ['422', { code: 'invalid_input', retryable: false }],
    ['429', { code: 'rate_limited', retryable: true, retryAfterSeconds: 1 }],
    ['429=7', { code: 'rate_limited', retryable: true, retryAfterSeconds: 7 }],
    ['503=9', { code: 'provider_unavailable', retryable: true, retryAfterSeconds: 9 }],
    ['policy', { code: 'content_policy', retryable: false }],
    ['retired', { code: 'model_retired', retryable: false }],
  ])('by %s made no job', async (fault, meaning) => {
    const error = await submitError(`#superduperai:${fault}`)
    expect(error).toMatchObject({ ...meaning, submitOutcome: 'no_job' })
    expect(inEnglish(error.userMessage)).not.toMatch(/detail|refused$|balance|moderation/)
    expect(bed.emulator.jobsOf(`fox #superduperai:${fault}`)).toEqual([])
  })

  test.each([
    [{ model: 'no/such-model' }, 'model_retired'],
    [{ model: '' }, 'invalid_input'],
  ])('of %j is the fault of the request', async (changes, code) => {
    const error = await errorOf(begin(bed.provider, testRequest(changes), testContext()))
    expect(error).toMatchObject({ code, submitOutcome: 'no_job' })
  })

  test('over its content says what it is about', async () => {
    expect(inEnglish((await submitError('#superduperai:policy')).userMessage)).toContain(
      'the prompt',
    )
  })

  test('over a seed says to choose another one', async () => {
    expect(inEnglish((await submitError('#superduperai:409')).userMessage)).toContain(
      'another seed',
    )
  })

  test.each(refused)('as documented, $status', async ({ status, body }) => {
    const error = await errorOf(begin(bed.provider, testRequest(), contextAnswering(body, status)))
    expect(error.submitOutcome).toBe('no_job')
  })

  test('with the wrong token is about the token, and keeps it to itself', async () => {
    const provider = bed.createProvider({ token: 'very-secret' })
    const error = await errorOf(begin(provider, testRequest(), testContext()))
    expect(error).toMatchObject({ code: 'auth', submitOutcome: 'no_job' })
    expect(`${error.message} ${inEnglish(error.userMessage)}`).not.toContain('very-secret')
  })

  test('to an address where nothing listens made no job', async () => {
    const provider = bed.createProvider({ baseUrl: closedAddress })
    const error = await errorOf(begin(provider, testRequest(), testContext()))
    expect(error).toMatchObject({ code: 'provider_unavailable', submitOutcome: 'no_job' })
  })
})

describe('a submit whose outcome is unknown', () => {
  const unknown = { code: 'unknown_submit_outcome', submitOutcome: 'unknown', retryable: false }

  test.each(['reset-after', '500-after', 'html-after'])('%s', async (fault) => {
    expect(await submitError(`#superduperai:${fault}`)).toMatchObject(unknown)
    expect(bed.emulator.jobsOf(`fox #superduperai:${fault}`)).toHaveLength(1)
  })

  test.each(['reset', '500'])('%s', async (fault) => {
    expect(await submitError(`#superduperai:${fault}`)).toMatchObject(unknown)
    expect(bed.emulator.jobsOf(`fox #superduperai:${fault}`)).toHaveLength(0)
  })

  test('is one that was cut off', async () => {
    const prompt = 'fox #superduperai:hang-after'
    const abort = new AbortController()
    const context = testContext({ signal: abort.signal })
    const call = errorOf(begin(bed.provider, testRequest({ prompt }), context))
    await expect.poll(() => bed.emulator.jobsOf(prompt)).toHaveLength(1)
    abort.abort()
    expect(await call).toMatchObject(unknown)
  })

  test.each([
    [{}, 200],
    [{ id: '' }, 200],
    [{ data: [] }, 200],
    ['<html>', 200],
    [{}, 302],
    [{}, 408],
    [{}, 502],
    [{}, 503],
    ['<html>', 503],
    [{}, 504],
    [{}, 524],
  ])('is one answered by %j with %d', async (body, status) => {
    const error = await errorOf(begin(bed.provider, testRequest(), contextAnswering(body, status)))
    expect(error).toMatchObject(unknown)
  })
})

describe('a look', () => {
  test.each(['status-500', 'status-403', 'status-html', 'status-429'])(
    'may be repeated after %s',
    async (fault) => {
      const prompt = `looked at #superduperai:${fault}*1`
      const operation = await start(bed.provider, testRequest({ prompt }))
      const error = await errorOf(bed.provider.check(operation, testContext()))
      expect(error.code).not.toBe('not_found_or_expired')
      expect((await follow(bed.provider, operation)).at(-1)).toMatchObject({ status: 'completed' })
    },
  )

  test.each(['fail', 'safety'])('sees that a job failed: %s', async (fault) => {
    const prompt = `looked at #superduperai:${fault}`
    const operation = await start(bed.provider, testRequest({ prompt }))
    expect((await follow(bed.provider, operation)).at(-1)).toMatchObject({
      status: 'failed',
      error: { code: 'generation_failed', submitOutcome: 'job_made', retryable: true },
    })
    expect(bed.emulator.jobsOf(prompt)[0]).toMatchObject({ billedUsd: 0 })
  })

  test('ends where there is no such file', async () => {
    const operation = await start(bed.provider, testRequest({ prompt: '#superduperai:lost' }))
    const gone = { code: 'not_found_or_expired', retryable: false }
    expect(await errorOf(bed.provider.check(operation, testContext()))).toMatchObject(gone)
  })

  test.each([401, 403, 404])('does not end by the page of a proxy that says %i', async (status) => {
    const fetch = async () => new Response('<h1>no</h1>', { status })
    const error = await errorOf(bed.provider.check({ fileId: 'f' }, testContext({ fetch })))
    expect(error).toMatchObject({ code: 'provider_unavailable', retryable: true })
  })

  test('goes on after "done" was taken back', async () => {
    const prompt = '#superduperai:undone*1 #superduperai:seconds=0'
    const operation = await start(bed.provider, testRequest({ prompt }))
    const states = []
    for (let look = 0; look < 3; look++)
      states.push((await bed.provider.check(operation, testContext())).status)
    expect(states).toEqual(['completed', 'pending', 'completed'])
  })

  test('waits for the address of a video that is said to be done', async () => {
    const prompt = '#superduperai:no-video*1 #superduperai:seconds=0'
    const operation = await start(bed.provider, testRequest({ prompt }))
    const seen = await follow(bed.provider, operation)
    expect(seen.map(({ status }) => status)).toEqual(['pending', 'completed'])
  })

  test.each<Json>([{}, null, 'f', { fileId: '' }, { fileId: 7 }])(
    'knows nothing of %j',
    async (operation) => {
      const error = await errorOf(bed.provider.check(operation, testContext()))
      expect(error).toMatchObject({ code: 'not_found_or_expired', retryable: false })
    },
  )

  test('does not leave its folder', async () => {
    await errorOf(bed.provider.check({ fileId: '../user/me?x=1' }, testContext()))
    expect(bed.emulator.requests.at(-1)).toBe('GET /api/v1/file/..%2Fuser%2Fme%3Fx%3D1')
  })
})

describe('the answers that were seen', () => {
  const fileId = '998d1ea1-9198-450b-a869-5d23185a0a6a'
  const check = (body: unknown) => bed.provider.check({ fileId }, contextAnswering(body))

  test.each(accepted)('accept: %j', async (body) => {
    const result = await begin(bed.provider, testRequest(), contextAnswering(body))
    expect(result).toEqual({ operation: { fileId }, providerJobId: fileId })
  })

  test.each(pending)('are pending: %j', async (body) => {
    expect(await check(body)).toEqual({ status: 'pending' })
  })

  test.each(completed)('are completed: %j', async (body) => {
    const url = 'https://media.example/generated/video/2026/11/20/fox.mp4'
    expect(await check(body)).toEqual({ status: 'completed', output: { kind: 'url', url } })
  })

  test.each(failed)('are failed: %j', async (body) => {
    expect(await check(body)).toMatchObject({ status: 'failed' })
  })

  test('of another file tell nothing of this one', async () => {
    for (const body of [...completed, ...failed])
      expect(await errorOf(check({ ...body, id: 'another' }))).toMatchObject({
        code: 'provider_unavailable',
        retryable: true,
      })
  })

  test.each([{}, [], { detail: 'oops' }, null])('are not understood: %j', async (body) => {
    expect(await errorOf(check(body))).toMatchObject({ code: 'provider_unavailable' })
  })
})

describe('a job of which only the id is known', () => {
  const request = testRequest()

  test('is adopted', async () => {
    const operation = await start(bed.provider, testRequest({ prompt: 'adopted' }))
    const [job] = bed.emulator.jobsOf('adopted')
    const adopted = await bed.provider.adopt!(job!.reference, request, testContext())
    expect(adopted).toEqual({ operation })
  })

  test('is none where there is no such file', async () => {
    expect(await bed.provider.adopt!('no-such-file', request, testContext())).toBeNull()
  })

  test('is left open where there is no answer', async () => {
    const context = contextAnswering({}, 502)
    const error = await errorOf(bed.provider.adopt!('f', request, context))
    expect(error).toMatchObject({ code: 'provider_unavailable' })
  })
})

describe('the health', () => {
  test('is good where the token is taken', async () => {
    expect(await bed.provider.health(testContext())).toEqual({ state: 'ok' })
  })

  test('is less where a model of ours is not offered any more', async () => {
    const models = [
      { name: 'comfyui/other', type: 'image_to_video' },
      { name: 'comfyui/flux', type: 'text_to_image' },
    ]
    const { provider, close } = await createTestbed({ models })
    expect(await provider.health(testContext())).toEqual({
      state: 'degraded',
      message: says('SuperDuperAI no longer offers LTX Video (comfyui/ltx).'),
    })
    await close()
  })

  test('names the token where it is refused', async () => {
    const health = await bed.createProvider({ token: 'wrong' }).health(testContext())
    expect(health).toMatchObject({ state: 'down', message: says(/TOKEN/) })
  })

  test('is bad where there is no answer', async () => {
    const health = await bed.provider.health(contextAnswering({}, 503))
    expect(health).toMatchObject({ state: 'down' })
  })
})
