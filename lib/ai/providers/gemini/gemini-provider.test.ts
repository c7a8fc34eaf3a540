import { says } from '../../../../tests/support/says.ts'
import { inEnglish } from '#lib/messages/translate'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Answer, Emulator } from '../../../../tests/emulators/emulator.ts'
import {
  geminiEmulatorKey,
  startGeminiEmulator,
} from '../../../../tests/emulators/gemini-emulator.ts'
import { htmlPage } from '../../../../tests/emulators/html-page.ts'
import { closedAddress } from '../../../../tests/support/closed-address.ts'
import { tinyMp4 } from '../../../../tests/support/films/tiny-mp4.ts'
import type { CheckResult, Json, ProviderRequest } from '../provider.ts'
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
import accepted from './fixtures/accepted.json' with { type: 'json' }
import completed from './fixtures/completed.json' with { type: 'json' }
import failed from './fixtures/failed.json' with { type: 'json' }
import pending from './fixtures/pending.json' with { type: 'json' }
import refused from './fixtures/refused.json' with { type: 'json' }
import veoCompleted from './fixtures/veo-completed.json' with { type: 'json' }
import veoFailed from './fixtures/veo-failed.json' with { type: 'json' }
import veoWithheld from './fixtures/veo-withheld.json' with { type: 'json' }
import { createGeminiProvider } from './gemini-provider.ts'
import { waitUntil } from '../../../../tests/support/wait-until.ts'

let emulator: Emulator
let folder: string
const open: Emulator[] = []

beforeAll(async () => {
  emulator = await startGeminiEmulator()
  folder = await mkdtemp(join(tmpdir(), 'gemini-'))
})
afterAll(async () => {
  await emulator.close()
  await rm(folder, { recursive: true })
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

const providerAt = (baseUrl: string, apiKey = geminiEmulatorKey) =>
  createGeminiProvider({ apiKey, baseUrl, answersDirectory: join(folder, 'answers') })
const providerHere = () => providerAt(emulator.url)

async function providerAnswered(answer: Answer) {
  const server = await startAnswering(answer)
  open.push(server)
  return { provider: providerAt(server.url), server }
}

const omni = (changes: Partial<ProviderRequest> = {}) =>
  googleRequest({ model: 'gemini-omni-1.1-flash', ...changes })
const veo = (changes: Partial<ProviderRequest> = {}) =>
  googleRequest({ model: 'veo-3.1-fast-generate-preview', ...changes })
const more = (prompt: string, job: string) =>
  omni({
    prompt,
    model: 'gemini-omni-1.1-flash:extend',
    work: { operation: 'extend', way: 'native', job },
  })

const dialects: [string, typeof omni][] = [
  ['omni', omni],
  ['veo', veo],
]

const check = (operation: Json) => providerHere().check(operation, googleContext())

const submits = (server: Emulator) =>
  server.requests.filter((one) => /predictLongRunning$|POST .*\/interactions$/.test(one)).length

function urlOf(result: CheckResult) {
  if (result.status !== 'completed' || result.output.kind !== 'url') throw new Error('no url')
  return new URL(result.output.url)
}

describe.each(dialects)('a video of %s', (dialect, request) => {
  test('is submitted, looked at and downloaded, by any process', async () => {
    const prompt = `a fox of ${dialect} #gemini:seconds=2`
    const operation = await operationOf(providerHere(), request({ prompt }))
    const stored = JSON.parse(JSON.stringify(operation)) as Json
    expect(await check(stored)).toEqual({ status: 'pending' })
    const result = await waitUntil(async () => {
      const seen = await check(stored)
      return seen.status === 'completed' && seen
    })
    const url = urlOf(result)
    expect((await fetch(url)).status).toBe(403)
    const video = await fetch(url, { headers: providerHere().headersFor!(url) })
    expect(Buffer.from(await video.arrayBuffer())).toEqual(await readFile(await tinyMp4()))
  })

  test.each([
    ['a film', picture('source_video').input, 'invalid_input'],
    ['a picture that cannot be read', lostPicture, 'provider_unavailable'],
  ])('is not ordered with %s', async (_, input, code) => {
    const wish = request({ prompt: `${dialect} not with ${input.role}`, inputs: [input] })
    const error = await errorOf(begin(providerHere(), wish, googleContext()))
    expect(error).toMatchObject({ code, submitOutcome: 'no_job' })
    expect(emulator.jobsOf(wish.prompt)).toEqual([])
  })
})

describe('what is ordered', () => {
  test('of omni, with words alone', async () => {
    const started = await begin(providerHere(), omni({ prompt: 'words' }), googleContext())
    const [job] = emulator.jobsOf('words')
    expect(job?.billedUsd).toBeCloseTo(0.8)
    expect(started).toEqual({
      operation: { dialect: 'interactions', id: job?.reference },
      providerJobId: job?.reference,
    })
    expect(job?.details.request).toEqual({
      model: 'gemini-omni-1.1-flash',
      input: 'words',
      background: true,
      response_format: {
        type: 'video',
        aspect_ratio: '16:9',
        resolution: '720p',
        duration: '8s',
        delivery: 'uri',
      },
      generation_config: { video_config: { task: 'text_to_video' }, seed: 0x7ffffff0 },
    })
  })

  test.each([
    ['image_to_video', 'first_frame'],
    ['reference_to_video', 'reference'],
  ] as const)('of omni, for %s', async (task, role) => {
    const { input, base64 } = picture(role)
    await operationOf(providerHere(), omni({ prompt: task, inputs: [input] }))
    expect(emulator.jobsOf(task)[0]?.details.request).toMatchObject({
      input: [
        { type: 'image', data: base64, mime_type: 'image/png' },
        { type: 'text', text: task },
      ],
      generation_config: { video_config: { task } },
    })
  })

  test('of omni, for more of a video of its own: the whole film comes', async () => {
    const before = await begin(
      providerHere(),
      omni({ prompt: 'a fox #gemini:seconds=0' }),
      googleContext(),
    )
    const job = 'operation' in before ? before.providerJobId! : ''
    const prompt = 'it runs on #gemini:seconds=0'
    const operation = await operationOf(providerHere(), more(prompt, job))
    expect(emulator.jobsOf(prompt)[0]?.details.request).toMatchObject({
      model: 'gemini-omni-1.1-flash',
      previous_interaction_id: job,
      input: prompt,
      background: true,
      response_format: { resolution: '720p', duration: '8s', delivery: 'uri' },
      generation_config: { video_config: { task: 'extend' } },
    })
    const result = await providerHere().check(operation, googleContext())
    expect(result).toMatchObject({ status: 'completed', output: { kind: 'url' } })
    expect(result).not.toHaveProperty('output.isSegment')
  })

  test('of omni, for more of what Google has no longer: no job, and the model is not retired', async () => {
    const error = await errorOf(begin(providerHere(), more('gone', 'v1_gone'), googleContext()))
    expect(error).toMatchObject({ code: 'not_found_or_expired', submitOutcome: 'no_job' })
    const nothing = await errorOf(begin(providerHere(), more('of nothing', ''), googleContext()))
    expect(nothing).toMatchObject({ code: 'invalid_input', submitOutcome: 'no_job' })
    expect(emulator.jobsOf('gone')).toEqual([])
  })

  test('of omni, never with a last frame', async () => {
    const request = omni({ prompt: 'last', inputs: [picture('last_frame').input] })
    const error = await errorOf(begin(providerHere(), request, googleContext()))
    expect(error).toMatchObject({ code: 'invalid_input', submitOutcome: 'no_job' })
    expect(emulator.jobsOf('last')).toEqual([])
  })

  test('of veo, with all there is', async () => {
    const [first, last] = [picture('first_frame'), picture('last_frame')]
    const reference = picture('reference')
    const inputs = [first.input, last.input, reference.input]
    const request = veo({ prompt: 'all', negativePrompt: 'text', inputs })
    const started = await begin(providerHere(), request, googleContext())
    const [job] = emulator.jobsOf('all')
    expect(job?.billedUsd).toBeCloseTo(1.2)
    expect(started).toEqual({
      operation: { dialect: 'veo', name: job?.reference },
      providerJobId: job?.reference,
    })
    const image = (bytesBase64Encoded: string) => ({ bytesBase64Encoded, mimeType: 'image/png' })
    expect(job?.details.request).toEqual({
      instances: [
        {
          prompt: 'all',
          image: image(first.base64),
          lastFrame: image(last.base64),
          referenceImages: [{ image: image(reference.base64), referenceType: 'asset' }],
        },
      ],
      parameters: {
        sampleCount: 1,
        durationSeconds: 8,
        aspectRatio: '16:9',
        resolution: '720p',
        seed: 0xfffffff0,
        personGeneration: 'allow_adult',
        negativePrompt: 'text',
      },
    })
  })

  test('is nothing where the model belongs to neither dialect', async () => {
    const request = googleRequest({ model: 'imagen-5' })
    const error = await errorOf(begin(providerHere(), request, googleContext()))
    expect(error).toMatchObject({ code: 'model_retired', submitOutcome: 'no_job' })
  })
})

describe.each(dialects)('a submit of %s', (dialect, request) => {
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
    const prompt = `${dialect} refused #gemini:${fault}`
    const before = submits(emulator)
    const error = await errorOf(begin(providerHere(), request({ prompt }), googleContext()))
    expect(error).toMatchObject({ code, retryable, submitOutcome: 'no_job' })
    expect(error.retryAfterSeconds).toBe(fault.endsWith('=7') ? 7 : undefined)
    expect(emulator.jobsOf(prompt)).toEqual([])
    expect(submits(emulator)).toBe(before + 1)
  })

  test.each(['reset-after', '500-after', 'html-after', 'hang-after', 'reset', '500'])(
    'that ends in %s is unknown, and sent once',
    async (fault) => {
      const prompt = `${dialect} unknown #gemini:${fault}`
      const before = submits(emulator)
      const signal =
        fault === 'hang-after' ? AbortSignal.timeout(300) : new AbortController().signal
      const error = await errorOf(
        begin(providerHere(), request({ prompt }), googleContext({ signal })),
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
  ])('answered with %s is unknown', async (_, answer) => {
    const { provider, server } = await providerAnswered(answer)
    const error = await errorOf(begin(provider, request(), googleContext()))
    expect(error).toMatchObject({ code: 'unknown_submit_outcome', submitOutcome: 'unknown' })
    expect(submits(server)).toBe(1)
  })

  test.each<[string, Answer, string, string]>([
    ['503', { status: 503, text: htmlPage }, 'unknown_submit_outcome', 'unknown'],
    [
      '503 of some JSON',
      { status: 503, json: { error: 'no' } },
      'unknown_submit_outcome',
      'unknown',
    ],
    ['403', { status: 403, text: htmlPage }, 'provider_unavailable', 'no_job'],
  ])('that meets the page of a proxy: %s', async (_, answer, code, submitOutcome) => {
    const { provider } = await providerAnswered(answer)
    const error = await errorOf(begin(provider, request(), googleContext()))
    expect(error).toMatchObject({ code, submitOutcome })
  })

  test.each(notSetUp)(
    'of an account that is not set up is for the operator: %s',
    async (message) => {
      const { provider } = await providerAnswered(preconditionFailed(message))
      const error = await errorOf(begin(provider, request()))
      expect(error).toMatchObject({ code: 'auth', submitOutcome: 'no_job', retryable: false })
      expect(inEnglish(error.userMessage)).toMatch(/isn’t set up for this\. The operator/)
    },
  )

  test('about real people is about content', async () => {
    const message = "Sorry, we can't create videos with real people's names or likenesses."
    const { provider } = await providerAnswered({
      status: 400,
      json: { error: { code: 'content_blocked', message } },
    })
    const error = await errorOf(begin(provider, request()))
    expect(error).toMatchObject({ code: 'content_policy', submitOutcome: 'no_job' })
    expect(inEnglish(error.userMessage)).toContain('a real person')
  })

  test('for a model that is gone made no job', async () => {
    const { provider } = await providerAnswered({ status: 404, json: refused })
    const error = await errorOf(begin(provider, request(), googleContext()))
    expect(error).toMatchObject({ code: 'model_retired', submitOutcome: 'no_job' })
    expect(inEnglish(error.userMessage)).not.toContain('veo-3.1')
  })

  test('with a wrong key made no job, and the key is not told', async () => {
    const provider = providerAt(emulator.url, 'wrong-secret')
    const error = await errorOf(begin(provider, request(), googleContext()))
    expect(error).toMatchObject({ code: 'auth', submitOutcome: 'no_job' })
    expect(`${error.message}${inEnglish(error.userMessage)}${error.stack}`).not.toContain(
      'wrong-secret',
    )
  })

  test('to a closed door made no job', async () => {
    const error = await errorOf(begin(providerAt(closedAddress), request(), googleContext()))
    expect(error).toMatchObject({ code: 'provider_unavailable', submitOutcome: 'no_job' })
  })

  test('stopped before it began made no job', async () => {
    const prompt = `${dialect} stopped`
    const context = googleContext({ signal: AbortSignal.abort() })
    await errorOf(begin(providerHere(), request({ prompt }), context))
    expect(emulator.jobsOf(prompt)).toEqual([])
  })
})

const id = { dialect: 'interactions', id: accepted.id }
const name = { dialect: 'veo', name: veoCompleted.name }
const done = { name: veoCompleted.name, done: true }
const link = 'https://generativelanguage.googleapis.com/v1beta/files/f123:download?alt=media'
const link123 = { status: 'completed', output: { kind: 'url', url: link } }

describe('a look', () => {
  test.each([
    ['queued', id, accepted, { status: 'pending' }],
    ['in_progress', id, pending, { status: 'pending' }],
    [
      'requires_continuation',
      id,
      { ...pending, status: 'requires_continuation' },
      { status: 'pending' },
    ],
    ['a status of tomorrow', id, { ...pending, status: 'resting' }, { status: 'pending' }],
    ['an interaction with a link', id, completed, link123],
    [
      'an interaction with its video inside',
      id,
      { ...completed, output_video: { type: 'video', data: 'AAAA' } },
      { status: 'completed', output: { kind: 'fetch' } },
    ],
    ['an operation that runs', name, { name: name.name }, { status: 'pending' }],
    ['done: false', name, { ...veoCompleted, done: false }, { status: 'pending' }],
    ['an operation with a link', name, veoCompleted, link123],
    [
      'a video, and another one withheld',
      name,
      {
        ...done,
        response: {
          generateVideoResponse: {
            ...veoCompleted.response.generateVideoResponse,
            ...veoWithheld.response.generateVideoResponse,
          },
        },
      },
      link123,
    ],
  ])('reads %s', async (_, operation, json, result) => {
    const { provider } = await providerAnswered({ json })
    expect(await provider.check(operation, googleContext())).toEqual(result)
  })

  test('makes a link of the name of a file', async () => {
    const json = { ...completed, output_video: { type: 'video', uri: 'files/f123' } }
    const { provider, server } = await providerAnswered({ json })
    const url = urlOf(await provider.check(id, googleContext()))
    expect(url.href).toBe(`${server.url}/v1beta/files/f123:download?alt=media`)
  })

  test.each<[string, Json, object, string]>([
    ['failed', id, failed, 'generation_failed'],
    ['incomplete', id, { ...failed, status: 'incomplete' }, 'generation_failed'],
    ['requires_action', id, { ...failed, status: 'requires_action' }, 'generation_failed'],
    ['budget_exceeded', id, { ...failed, status: 'budget_exceeded' }, 'insufficient_credits'],
    ['cancelled', id, { ...failed, status: 'cancelled' }, 'generation_failed'],
    ['completed without a video', id, { ...pending, status: 'completed' }, 'generation_failed'],
    [
      'failed for its content',
      id,
      { ...failed, errors: [{ message: 'upstream: blocked by the safety filters' }] },
      'content_policy',
    ],
    ['code 8', name, veoFailed, 'generation_failed'],
    ['code 3', name, { ...done, error: { code: 3, message: 'bad' } }, 'invalid_input'],
    ['code 7', name, { ...done, error: { code: 7, message: 'no' } }, 'auth'],
    ['a withheld video', name, veoWithheld, 'content_policy'],
    ['no samples', name, { ...done, response: { generateVideoResponse: {} } }, 'generation_failed'],
    ['no response', name, done, 'generation_failed'],
  ])('ends with %s', async (_, operation, json, code) => {
    const { provider } = await providerAnswered({ json })
    const result = await provider.check(operation, googleContext())
    expect(result).toMatchObject({ status: 'failed', error: { code, submitOutcome: 'job_made' } })
    const { error } = result as Extract<CheckResult, { status: 'failed' }>
    expect(inEnglish(error.userMessage)).not.toMatch(/upstream|Internal|exhausted|Support codes/)
  })

  const uncharged =
    'We encountered an issue with the audio for your prompt. You have not been charged for this attempt.'
  test.each<[string, Json, object]>([
    ['an interaction', id, { ...failed, errors: [{ message: uncharged }] }],
    ['an operation', name, { ...done, error: { code: 3, message: uncharged } }],
  ])(
    'tells that the sound of %s failed by chance, and cost nothing',
    async (_, operation, json) => {
      const { provider } = await providerAnswered({ json })
      expect(await provider.check(operation, googleContext())).toMatchObject({
        status: 'failed',
        error: { code: 'content_policy', retryable: true },
        costMicros: 0,
      })
    },
  )

  test('tells a canceled video from a failed one', async () => {
    const { provider } = await providerAnswered({ json: { ...failed, status: 'cancelled' } })
    expect(await provider.check(id, googleContext())).toMatchObject({
      error: { userMessage: says('This video was canceled at the provider.'), retryable: false },
    })
  })

  test('does not give up a video for an answer it cannot read', async () => {
    const json = { ...done, response: { generateVideoResponse: { generatedSamples: 'x' } } }
    const { provider } = await providerAnswered({ json })
    const error = await errorOf(provider.check(name, googleContext()))
    expect(error).toMatchObject({ code: 'provider_unavailable', retryable: true })
  })

  test.each<Json>([null, {}, { dialect: 'veo' }, { dialect: 'other', id: 'x' }])(
    'at %j finds nothing',
    async (operation) => {
      expect(await errorOf(check(operation))).toMatchObject({ code: 'not_found_or_expired' })
    },
  )
})

describe.each(dialects)('a job of %s', (dialect, request) => {
  const begin = async (faults: string) => {
    const prompt = `${dialect} ${faults} #gemini:seconds=0`
    return { prompt, operation: await operationOf(providerHere(), request({ prompt })) }
  }

  test.each([
    ['status-500', 'provider_unavailable', undefined],
    ['status-403', 'auth', undefined],
    ['status-html', 'provider_unavailable', undefined],
    ['status-429', 'rate_limited', 1],
    ['lost', 'not_found_or_expired', undefined],
  ])('that meets %s once is there the next time', async (fault, code, retryAfterSeconds) => {
    const { operation } = await begin(`#gemini:${fault}*1`)
    const before = emulator.requests.length
    expect(await errorOf(check(operation))).toMatchObject({ code, retryAfterSeconds })
    expect(emulator.requests).toHaveLength(before + 1)
    expect(await check(operation)).toMatchObject({ status: 'completed' })
  })

  test.each([401, 403, 404])('is not lost by the page of a proxy: %i', async (status) => {
    const { operation } = await begin('')
    const { provider } = await providerAnswered({ status, text: htmlPage })
    expect(await errorOf(provider.check(operation, googleContext()))).toMatchObject({
      code: 'provider_unavailable',
      retryable: true,
    })
  })

  test.each([
    ['fail', 'generation_failed', true],
    ['safety', 'content_policy', true],
    ['no-video', 'generation_failed', false],
  ])('that ends in %s', async (fault, code, isFree) => {
    const { operation, prompt } = await begin(`#gemini:${fault}`)
    expect(await check(operation)).toMatchObject({ status: 'failed', error: { code } })
    expect(emulator.jobsOf(prompt)[0]?.billedUsd === 0).toBe(isFree)
  })

  test('may be not done again after it was', async () => {
    const { operation } = await begin('#gemini:undone')
    expect(await check(operation)).toMatchObject({ status: 'completed' })
    expect(await check(operation)).toEqual({ status: 'pending' })
    expect(await check(operation)).toMatchObject({ status: 'completed' })
  })
})

describe('a cancel', () => {
  const begin = (prompt: string, request = omni) => operationOf(providerHere(), request({ prompt }))
  const cancel = (operation: Json) => providerHere().cancel!(operation, googleContext())

  test('stops an interaction, which is then not billed', async () => {
    const operation = await begin('stop me #gemini:never')
    await cancel(operation)
    expect(emulator.jobsOf('stop me #gemini:never')).toMatchObject([
      { isCanceled: true, billedUsd: 0 },
    ])
    expect(await check(operation)).toMatchObject({
      status: 'failed',
      error: { code: 'generation_failed' },
    })
    await cancel(operation)
  })

  test('is refused for one that has ended and is billed, and of no matter where none is known', async () => {
    const operation = await begin('ended #gemini:seconds=0')
    expect(await errorOf(cancel(operation))).toMatchObject({
      code: 'invalid_input',
      retryable: false,
    })
    expect(await check(operation)).toMatchObject({ status: 'completed' })
    expect(emulator.jobsOf('ended #gemini:seconds=0')[0]?.billedUsd).toBeGreaterThan(0)
    await cancel({ dialect: 'interactions', id: 'unknown' })
  })

  test('is done where the interaction has failed meanwhile, which costs nothing', async () => {
    const operation = await begin('came to nothing #gemini:seconds=0 #gemini:fail')
    await cancel(operation)
    expect(await check(operation)).toMatchObject({ status: 'failed' })
  })

  test('that is not taken is told', async () => {
    const { provider } = await providerAnswered({ status: 503, json: {} })
    const error = await errorOf(provider.cancel!(id, googleContext()))
    expect(error).toMatchObject({ code: 'provider_unavailable', retryable: true })
  })

  test('does nothing to veo, which has none', async () => {
    const operation = await begin('go on #gemini:seconds=0', veo)
    const before = emulator.requests.length
    await cancel(operation)
    expect(emulator.requests).toHaveLength(before)
  })
})

describe('a video inside its interaction', () => {
  const inline = async () => {
    const data = (await readFile(await tinyMp4())).toString('base64')
    return {
      ...completed,
      output_video: undefined,
      steps: [{ type: 'model_output', content: [{ type: 'video', data }] }],
    }
  }

  test('is written to a file', async () => {
    const { provider } = await providerAnswered({ json: await inline() })
    expect(await provider.check(id, googleContext())).toMatchObject({
      output: { kind: 'fetch' },
    })
    const path = join(folder, 'inline.mp4')
    await provider.fetch!(id, path, googleContext())
    expect(await readFile(path)).toEqual(await readFile(await tinyMp4()))
  })

  test('that is not there can be asked for again', async () => {
    const { provider } = await providerAnswered({ json: pending })
    const error = await errorOf(provider.fetch!(id, join(folder, 'no.mp4'), googleContext()))
    expect(error).toMatchObject({ retryable: true, submitOutcome: 'job_made' })
  })

  test('is not looked for once the interaction has failed', async () => {
    const { provider } = await providerAnswered({ json: failed })
    const error = await errorOf(provider.fetch!(id, join(folder, 'no.mp4'), googleContext()))
    expect(error).toMatchObject({ code: 'generation_failed' })
  })
})

describe('the key', () => {
  test.each([
    'http://127.0.0.1:1/v1beta/files/x:download',
    'https://evil.example/v1beta/files/x:download',
    'https://generativelanguage.googleapis.com.evil.example/x',
    'https://user:generativelanguage.googleapis.com@evil.example/x',
    'http://generativelanguage.googleapis.com/x',
  ])('is not for %s', (url) => {
    const provider = createGeminiProvider({ apiKey: 'secret', answersDirectory: folder })
    expect(provider.headersFor!(new URL(url))).toEqual({})
  })

  test('is for the own origin', () => {
    const provider = createGeminiProvider({ apiKey: 'secret', answersDirectory: folder })
    expect(provider.headersFor!(new URL(link))).toEqual({ 'x-goog-api-key': 'secret' })
  })

  test('goes nowhere else, not even where the API leads on to', async () => {
    const asked: { origin: string; text: string }[] = []
    const recording: typeof fetch = async (input, init) => {
      const { url, headers } = new Request(input, { ...init, body: null })
      asked.push({ origin: new URL(url).origin, text: `${url} ${JSON.stringify([...headers])}` })
      return fetch(input, init)
    }
    const foreign = await startAnswering({ json: {} })
    const { provider, server } = await providerAnswered({
      status: 307,
      headers: { location: `${foreign.url}/v1/interactions` },
    })
    open.push(foreign)
    const context = googleContext({ fetch: recording })
    for (const request of [omni(), veo()]) await errorOf(begin(provider, request, context))
    await errorOf(provider.check(id, context))
    await provider.health(context)
    expect(foreign.requests).toEqual([])
    expect(asked.map(({ origin }) => origin)).toEqual(Array(4).fill(server.url))
    expect(asked.filter(({ text }) => text.split(' ')[0]!.includes(geminiEmulatorKey))).toEqual([])
  })
})

describe('health', () => {
  test('is good with a good key', async () => {
    expect(await providerHere().health(googleContext())).toEqual({ state: 'ok' })
  })

  test('is down with a wrong key, and names what to check', async () => {
    const health = await providerAt(emulator.url, 'wrong').health(googleContext())
    expect(health).toEqual({
      state: 'down',
      message: says(/GEMINI_API_KEY/),
    })
  })

  test('names the account where it is not set up', async () => {
    const { provider } = await providerAnswered(preconditionFailed(notSetUp[0]!))
    expect(await provider.health(googleContext())).toMatchObject({
      state: 'down',
      message: says(/isn’t set up/),
    })
  })

  test.each([
    [429, 'degraded'],
    [401, 'down'],
    [403, 'down'],
    [500, 'down'],
  ])('after %i is %s', async (status, state) => {
    const { provider } = await providerAnswered({ status, json: {} })
    expect(await provider.health(googleContext())).toMatchObject({ state })
  })
})

test('knows where it is', () => {
  expect(providerHere()).toMatchObject({ id: 'gemini', isOnThisMachine: true })
  expect(createGeminiProvider({ apiKey: 'k', answersDirectory: folder })).toMatchObject({
    isOnThisMachine: false,
  })
})
