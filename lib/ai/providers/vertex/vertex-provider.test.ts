import { says } from '../../../../tests/support/says.ts'
import { inEnglish } from '#lib/messages/translate'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  type Answer,
  type EmulatedJob,
  type Emulator,
  HangUp,
  startEmulator,
} from '../../../../tests/emulators/emulator.ts'
import { htmlPage } from '../../../../tests/emulators/html-page.ts'
import { startVertexEmulator } from '../../../../tests/emulators/vertex-emulator.ts'
import { closedAddress } from '../../../../tests/support/closed-address.ts'
import { tinyMp4 } from '../../../../tests/support/films/tiny-mp4.ts'
import type { Json } from '../provider.ts'
import accepted from './fixtures/accepted.json' with { type: 'json' }
import completed from './fixtures/completed.json' with { type: 'json' }
import failed from './fixtures/failed.json' with { type: 'json' }
import pending from './fixtures/pending.json' with { type: 'json' }
import refused from './fixtures/refused.json' with { type: 'json' }
import withheld from './fixtures/withheld.json' with { type: 'json' }
import {
  begin,
  errorOf,
  googleContext,
  googleRequest,
  lostPicture,
  operationOf,
  picture,
  notSetUp,
  preconditionFailed,
  startAnswering,
} from '../google/test-google.ts'
import { type VertexProviderOptions, createVertexProvider } from './vertex-provider.ts'
import { waitUntil } from '../../../../tests/support/wait-until.ts'

let emulator: Emulator
let folder: string
const open: Emulator[] = []

beforeAll(async () => {
  emulator = await startVertexEmulator()
  folder = await mkdtemp(join(tmpdir(), 'vertex-'))
})
afterAll(async () => {
  await emulator.close()
  await rm(folder, { recursive: true })
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await Promise.all(open.splice(0).map((one) => one.close()))
})

const place = { project: 'p', location: 'us-central1', answersDirectory: tmpdir() }
const providerAt = (baseUrl: string, more: Partial<VertexProviderOptions> = {}) =>
  createVertexProvider({ ...place, baseUrl, ...more })
const providerHere = () => providerAt(emulator.url)

async function providerAnswered(answer: Answer) {
  const server = await startAnswering(answer)
  open.push(server)
  return { provider: providerAt(server.url), server }
}

const check = (operation: Json) => providerHere().check(operation, googleContext())

async function checkUntilDone(operation: Json) {
  return waitUntil(async () => {
    const result = await check(operation)
    return result.status !== 'pending' && result
  })
}

const submits = (server: Emulator) =>
  server.requests.filter((one) => one.endsWith(':predictLongRunning')).length

describe('a video', () => {
  test('is submitted, looked at and fetched', async () => {
    const request = googleRequest({ negativePrompt: 'text', prompt: 'a fox #vertex:seconds=2' })
    const started = await begin(providerHere(), request, googleContext())
    const [job] = emulator.jobsOf(request.prompt) as [EmulatedJob]
    expect(job).toMatchObject({ model: request.model, billedUsd: 3.2 })
    expect(job.details.request).toEqual({
      instances: [{ prompt: request.prompt }],
      parameters: {
        sampleCount: 1,
        aspectRatio: '16:9',
        resolution: '720p',
        durationSeconds: 8,
        seed: 0xfffffff0,
        generateAudio: true,
        personGeneration: 'allow_adult',
        negativePrompt: 'text',
      },
    })
    const operation = { name: job.reference }
    expect(started).toEqual({ operation, providerJobId: job.reference })

    // Another process, with nothing but what was stored.
    const stored = JSON.parse(JSON.stringify(operation)) as Json
    expect(await check(stored)).toEqual({ status: 'pending' })
    expect(await checkUntilDone(stored)).toEqual({
      status: 'completed',
      output: { kind: 'fetch' },
    })
    const path = join(folder, 'fox.mp4')
    await providerHere().fetch!(stored, path, googleContext())
    expect(await readFile(path)).toEqual(await readFile(await tinyMp4()))
  })

  test('starts from its first and last frame', async () => {
    const [first, last] = [picture('first_frame'), picture('last_frame')]
    const request = googleRequest({ prompt: 'frames', inputs: [first.input, last.input] })
    await operationOf(providerHere(), request)
    expect(emulator.jobsOf('frames')[0]?.details.request).toMatchObject({
      instances: [
        {
          prompt: 'frames',
          image: { bytesBase64Encoded: first.base64, mimeType: 'image/png' },
          lastFrame: { bytesBase64Encoded: last.base64, mimeType: 'image/png' },
        },
      ],
    })
  })

  test('follows its references', async () => {
    const { input, base64 } = picture('reference')
    await operationOf(providerHere(), googleRequest({ prompt: 'ref', inputs: [input, input] }))
    const image = { bytesBase64Encoded: base64, mimeType: 'image/png' }
    const reference = { image, referenceType: 'asset' }
    expect(emulator.jobsOf('ref')[0]?.details.request).toMatchObject({
      instances: [{ prompt: 'ref', referenceImages: [reference, reference] }],
    })
  })

  test.each([
    ['a film', picture('source_video').input, 'invalid_input'],
    ['a picture that cannot be read', lostPicture, 'provider_unavailable'],
  ])('is not ordered with %s', async (_, input, code) => {
    const request = googleRequest({ prompt: `not with ${input.role}`, inputs: [input] })
    const error = await errorOf(begin(providerHere(), request, googleContext()))
    expect(error).toMatchObject({ code, submitOutcome: 'no_job' })
    expect(emulator.jobsOf(request.prompt)).toEqual([])
  })
})

describe('a submit', () => {
  test.each([
    ['401', 'auth', false],
    ['402', 'insufficient_credits', false],
    ['403', 'auth', false],
    ['422', 'invalid_input', false],
    ['429=7', 'rate_limited', true],
    ['503=7', 'provider_unavailable', true],
    ['policy', 'content_policy', false],
    ['retired', 'model_retired', false],
  ])('refused with %s made no job', async (fault, code, retryable) => {
    const prompt = `refused #vertex:${fault}`
    const before = submits(emulator)
    const error = await errorOf(begin(providerHere(), googleRequest({ prompt }), googleContext()))
    expect(error).toMatchObject({ code, retryable, submitOutcome: 'no_job' })
    expect(error.retryAfterSeconds).toBe(fault.endsWith('=7') ? 7 : undefined)
    expect(emulator.jobsOf(prompt)).toEqual([])
    expect(submits(emulator)).toBe(before + 1)
  })

  test.each(['reset-after', '500-after', 'html-after', 'hang-after', 'reset', '500'])(
    'that ends in %s is unknown, and sent once',
    async (fault) => {
      const prompt = `unknown #vertex:${fault}`
      const before = submits(emulator)
      const signal =
        fault === 'hang-after' ? AbortSignal.timeout(300) : new AbortController().signal
      const error = await errorOf(
        begin(providerHere(), googleRequest({ prompt }), googleContext({ signal })),
      )
      expect(error).toMatchObject({ code: 'unknown_submit_outcome', submitOutcome: 'unknown' })
      expect(error.retryable).toBe(false)
      expect(emulator.jobsOf(prompt)).toHaveLength(/after/.test(fault) ? 1 : 0)
      expect(submits(emulator)).toBe(before + 1)
    },
  )

  test.each<[string, Answer]>([
    ['no name', { json: {} }],
    ['a list', { json: [] }],
    ['null', { json: null }],
    ['a page of HTML', { text: htmlPage }],
    ['an address to go to', { status: 307, headers: { location: 'http://127.0.0.2/' } }],
  ])('answered with %s is unknown', async (_, answer) => {
    const { provider, server } = await providerAnswered(answer)
    const error = await errorOf(begin(provider, googleRequest(), googleContext()))
    expect(error).toMatchObject({ code: 'unknown_submit_outcome', submitOutcome: 'unknown' })
    expect(submits(server)).toBe(1)
  })

  test('is read from the wire', async () => {
    const { provider } = await providerAnswered({ json: accepted })
    const started = await begin(provider, googleRequest(), googleContext())
    expect(started).toEqual({ operation: accepted, providerJobId: accepted.name })
  })

  test('says when to come back where Google does', async () => {
    const { provider } = await providerAnswered({ status: 429, json: refused })
    const error = await errorOf(begin(provider, googleRequest(), googleContext()))
    expect(error).toMatchObject({
      code: 'rate_limited',
      submitOutcome: 'no_job',
      retryAfterSeconds: 13,
    })
  })

  test('says so where Google names no time to come back', async () => {
    const error = { code: 429, message: 'Resource exhausted.', status: 'RESOURCE_EXHAUSTED' }
    const { provider } = await providerAnswered({ status: 429, json: { error } })
    const refusal = await errorOf(begin(provider, googleRequest()))
    expect(refusal).toMatchObject({
      code: 'rate_limited',
      submitOutcome: 'no_job',
      retryable: true,
    })
    expect(refusal.retryAfterSeconds).toBeUndefined()
  })

  test.each(notSetUp)(
    'of an account that is not set up is for the operator: %s',
    async (message) => {
      const { provider } = await providerAnswered(preconditionFailed(message))
      const error = await errorOf(begin(provider, googleRequest()))
      expect(error).toMatchObject({ code: 'auth', submitOutcome: 'no_job', retryable: false })
      expect(inEnglish(error.userMessage)).toMatch(/isn’t set up for this\. The operator/)
      const looked = await errorOf(provider.check(accepted, googleContext()))
      expect(looked).toMatchObject({ code: 'auth' })
    },
  )

  test('to a closed door made no job', async () => {
    const error = await errorOf(begin(providerAt(closedAddress), googleRequest(), googleContext()))
    expect(error).toMatchObject({ code: 'provider_unavailable', submitOutcome: 'no_job' })
    expect(error.retryable).toBe(true)
  })

  test('canceled before it had a token sends nothing, then or later', async () => {
    const token = Promise.withResolvers<Headers>()
    const signer = { getRequestHeaders: () => token.promise }
    const provider = providerAt(emulator.url, { signer })
    const request = googleRequest({ prompt: 'too late' })
    const signal = AbortSignal.timeout(100)
    const error = await errorOf(begin(provider, request, googleContext({ signal })))
    expect(error).toMatchObject({ code: 'provider_unavailable', submitOutcome: 'no_job' })
    token.resolve(new Headers({ authorization: 'Bearer late' }))
    await operationOf(providerHere(), googleRequest({ prompt: 'after' }))
    expect(emulator.jobsOf('too late')).toEqual([])
  })

  test('without credentials made no job', async () => {
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', join(folder, 'none.json'))
    const provider = createVertexProvider({ ...place, baseUrl: 'http://vertex.invalid' })
    const error = await errorOf(begin(provider, googleRequest(), googleContext()))
    expect(error).toMatchObject({ code: 'auth', submitOutcome: 'no_job', retryable: false })
  })

  const away = { code: 'provider_unavailable', submitOutcome: 'no_job', retryable: true }
  const refusedKey = { code: 'auth', submitOutcome: 'no_job', retryable: false }

  const signIns: [string, Answer | HangUp, object][] = [
    ['503', { status: 503, text: htmlPage }, away],
    ['403', { status: 403, json: { error: 'access_denied' } }, refusedKey],
    ['400', { status: 400, json: { error: 'invalid_grant' } }, refusedKey],
    ['a reset', new HangUp(), away],
  ]
  test.each(signIns.slice(0, 1))('whose sign-in answers %s made no job', expectNoJob)
  test.each(signIns.slice(1))('whose sign-in answers %s made no job', { tags: 'long' }, expectNoJob)

  async function expectNoJob(_: string, answer: Answer | HangUp, meaning: object) {
    const signIn = await startEmulator('sign-in', () => async () => {
      if (answer instanceof HangUp) throw answer
      return answer
    })
    open.push(signIn)
    const file = join(folder, 'external.json')
    const subject = join(folder, 'subject')
    await writeFile(subject, 'a token')
    await writeFile(
      file,
      JSON.stringify({
        type: 'external_account',
        audience:
          '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/a/providers/b',
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        token_url: `${signIn.url}/token`,
        credential_source: { file: subject },
      }),
    )
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', file)
    const provider = createVertexProvider({ ...place, baseUrl: 'http://vertex.invalid' })
    const error = await errorOf(begin(provider, googleRequest(), googleContext()))
    expect(signIn.requests).toContain('POST /token')
    expect(error).toMatchObject(meaning)
  }
})

describe('a look', () => {
  test.each([
    ['pending', pending, { status: 'pending' }],
    ['done: false', { ...completed, done: false }, { status: 'pending' }],
    ['completed', completed, { status: 'completed', output: { kind: 'fetch' } }],
    [
      'partly withheld',
      { ...completed, response: { ...withheld.response, videos: completed.response.videos } },
      { status: 'completed', output: { kind: 'fetch' } },
    ],
  ])('reads %s', async (_, json, result) => {
    const { provider } = await providerAnswered({ json })
    expect(await provider.check(accepted, googleContext())).toEqual(result)
  })

  const done = { name: accepted.name, done: true }
  test.each<[string, object, string]>([
    ['code 3', failed, 'invalid_input'],
    ...[4, 8, 13, 14, 99].map((code): [string, object, string] => [
      `code ${code}`,
      { ...done, error: { code, message: 'upstream words' } },
      'generation_failed',
    ]),
    ['code 5', { ...done, error: { code: 5, message: 'gone' } }, 'not_found_or_expired'],
    ['code 7', { ...done, error: { code: 7, message: 'no' } }, 'auth'],
    ['code 16', { ...done, error: { code: 16, message: 'no' } }, 'auth'],
    [
      'code 3 about content',
      { ...done, error: { code: 3, message: "It violates Vertex AI's usage guidelines." } },
      'content_policy',
    ],
    ['an error in other words', { ...done, error: { code: '3', message: 7 } }, 'generation_failed'],
    ['a withheld video', withheld, 'content_policy'],
    [
      'a video withheld without a reason',
      { ...done, response: { raiMediaFilteredCount: 1 } },
      'content_policy',
    ],
    ['no video', { ...done, response: { videos: [] } }, 'generation_failed'],
    [
      'a video in a bucket',
      { ...done, response: { videos: [{ gcsUri: 'gs://b/o' }] } },
      'generation_failed',
    ],
    ['nothing at all', done, 'generation_failed'],
  ])('ends with %s', async (_, json, code) => {
    const { provider } = await providerAnswered({ json })
    const result = await provider.check(accepted, googleContext())
    expect(result).toMatchObject({ status: 'failed', error: { code, submitOutcome: 'job_made' } })
    const { error } = result as Extract<typeof result, { status: 'failed' }>
    expect(inEnglish(error.userMessage)).not.toMatch(/upstream|violates|Unsupported/)
    expect(error.retryable).toBe(code === 'generation_failed')
  })

  const sound =
    'We encountered an issue with the audio for your prompt and could not create your video. You have not been charged for this attempt.'
  const people =
    "Sorry, we can't create videos with real people's names or likenesses. Please remove the celebrity reference and try again."
  const picture15236754 =
    "Veo could not generate videos because the input image violates Vertex AI's usage guidelines. Support codes: 15236754"
  const guidelines =
    'Veo could not generate 1 videos based on the prompt provided. Support codes: 58061214'
  const soundBlocked = 'The generated audio was blocked by our filters. You will not be charged.'

  test.each([
    ['real people', people, { retryable: false }, undefined],
    ['a picture', picture15236754, { retryable: false }, undefined],
    ['a support code alone', guidelines, { retryable: false }, undefined],
    ['its sound', sound, { retryable: true }, 0],
    ['its sound, in other words', soundBlocked, { retryable: true }, 0],
  ])('tells a refusal for %s from bad settings', async (_, message, meaning, costMicros) => {
    const asError = { ...done, error: { code: 3, message } }
    const response = { raiMediaFilteredCount: 1, raiMediaFilteredReasons: [message] }
    for (const json of [asError, { ...done, response }]) {
      const { provider } = await providerAnswered({ json })
      const result = await provider.check(accepted, googleContext())
      const error = { code: 'content_policy', submitOutcome: 'job_made', ...meaning }
      expect(result).toMatchObject({ status: 'failed', error })
      expect('costMicros' in result ? result.costMicros : undefined).toBe(costMicros)
    }
  })

  test.each(['generateAudio is not supported', 'allow_all for personGeneration is not supported'])(
    'keeps settings what they are: %s',
    async (message) => {
      const { provider } = await providerAnswered({
        json: { ...done, error: { code: 3, message } },
      })
      expect(await provider.check(accepted, googleContext())).toMatchObject({
        error: { code: 'invalid_input' },
      })
    },
  )

  test('of a large video is over long before its end', async () => {
    const bytesBase64Encoded = 'A'.repeat(8 * 1024 * 1024)
    const response = { videos: [{ bytesBase64Encoded, mimeType: 'video/mp4' }] }
    const { provider } = await providerAnswered({ json: { ...done, response } })
    let seen = 0
    const counted = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        seen += chunk.length
        controller.enqueue(chunk)
      },
    })
    const counting: typeof fetch = async (url, init) =>
      new Response((await fetch(url, init)).body!.pipeThrough(counted))
    const result = await provider.check(accepted, googleContext({ fetch: counting }))
    expect(result).toEqual({ status: 'completed', output: { kind: 'fetch' } })
    expect(seen).toBeLessThan(1024 * 1024)
  })

  test('takes a video of more than 48 MB', { tags: 'long' }, async () => {
    const bytesBase64Encoded = 'A'.repeat(68 * 1024 * 1024)
    const videos = [{ bytesBase64Encoded, mimeType: 'video/mp4' }]
    const json = { ...completed, response: { ...completed.response, videos } }
    const { provider } = await providerAnswered({ json })
    expect(await provider.check(accepted, googleContext())).toMatchObject({ status: 'completed' })
    const path = join(folder, 'large.mp4')
    await provider.fetch!(accepted, path, googleContext())
    expect((await stat(path)).size).toBe(51 * 1024 * 1024)
  })

  test('names the reason of a withheld video, without its figures', async () => {
    const { provider } = await providerAnswered({ json: withheld })
    const result = await provider.check(accepted, googleContext())
    expect(result).toMatchObject({
      error: { userMessage: says(/“Celebrity”/) },
    })
  })

  test.each([
    ['status-500', 'provider_unavailable', undefined],
    ['status-403', 'auth', undefined],
    ['status-html', 'provider_unavailable', undefined],
    ['status-429', 'rate_limited', 1],
    ['lost', 'not_found_or_expired', undefined],
  ])('that meets %s says nothing about the video', async (fault, code, retryAfterSeconds) => {
    const prompt = `look #vertex:${fault}*1 #vertex:seconds=0`
    const operation = await operationOf(providerHere(), googleRequest({ prompt }))
    expect(await errorOf(check(operation))).toMatchObject({ code, retryAfterSeconds })
    expect(await check(operation)).toMatchObject({ status: 'completed' })
  })

  test.each([
    ['fail', 'generation_failed', 0],
    ['safety', 'content_policy', 0],
    ['no-video', 'generation_failed', 3.2],
  ])('at a job that ends in %s', async (fault, code, billedUsd) => {
    const prompt = `end #vertex:${fault} #vertex:seconds=0`
    const operation = await operationOf(providerHere(), googleRequest({ prompt }))
    expect(await check(operation)).toMatchObject({ status: 'failed', error: { code } })
    expect(emulator.jobsOf(prompt)).toMatchObject([{ billedUsd }])
  })

  test('after "done" may find the video not done again', async () => {
    const prompt = 'again #vertex:undone #vertex:seconds=0'
    const operation = await operationOf(providerHere(), googleRequest({ prompt }))
    const path = join(folder, 'again.mp4')
    const fetchVideo = () => providerHere().fetch!(operation, path, googleContext())
    expect(await check(operation)).toMatchObject({ status: 'completed' })
    expect(await errorOf(fetchVideo())).toMatchObject({
      retryable: true,
      submitOutcome: 'job_made',
    })
    await fetchVideo()
    expect(await readFile(path)).toEqual(await readFile(await tinyMp4()))
  })

  test('stops with its signal', async () => {
    const operation = await operationOf(providerHere(), googleRequest({ prompt: 'stop' }))
    const context = googleContext({ signal: AbortSignal.abort() })
    const error = await errorOf(providerHere().check(operation, context))
    expect(error).toMatchObject({ code: 'provider_unavailable', retryable: true })
  })

  test.each<Json>([null, 'x', {}, { name: '' }, { name: 7 }])(
    'at %j finds nothing',
    async (operation) => {
      expect(await errorOf(check(operation))).toMatchObject({ code: 'not_found_or_expired' })
    },
  )
})

describe('health', () => {
  test('is good where a token can be got, and asks nothing', async () => {
    const before = emulator.requests.length
    expect(await providerHere().health(googleContext())).toEqual({ state: 'ok' })
    expect(emulator.requests).toHaveLength(before)
  })

  test('names what to check where none can', async () => {
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', join(folder, 'none.json'))
    const provider = createVertexProvider({ ...place, baseUrl: 'http://vertex.invalid' })
    expect(await provider.health(googleContext())).toEqual({
      state: 'down',
      message: says(/GOOGLE_APPLICATION_CREDENTIALS/),
    })
  })
})

test('knows where it is', () => {
  expect(providerHere()).toMatchObject({ id: 'vertex', isOnThisMachine: true })
  expect(createVertexProvider(place)).toMatchObject({ isOnThisMachine: false })
})
