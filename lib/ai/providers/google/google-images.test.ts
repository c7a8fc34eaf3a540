import { mkdir, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inEnglish } from '#lib/messages/translate'
import type { Answer, Emulator } from '../../../../tests/emulators/emulator.ts'
import {
  geminiEmulatorKey,
  startGeminiEmulator,
} from '../../../../tests/emulators/gemini-emulator.ts'
import { startVertexEmulator } from '../../../../tests/emulators/vertex-emulator.ts'
import { closedAddress } from '../../../../tests/support/closed-address.ts'
import { createGeminiProvider } from '../gemini/gemini-provider.ts'
import type { Json, Provider, ProviderRequest } from '../provider.ts'
import { createVertexProvider } from '../vertex/vertex-provider.ts'
import {
  errorOf,
  googleContext,
  googleRequest,
  lostPicture,
  picture,
  startAnswering,
} from './test-google.ts'

// Images by `generateContent`: the same tests for the Gemini API and for Vertex AI.

let folder: string
const emulators: Record<string, Emulator> = {}
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'google-images-'))
  emulators.gemini = await startGeminiEmulator()
  emulators.vertex = await startVertexEmulator()
})
afterAll(async () => {
  for (const emulator of Object.values(emulators)) await emulator.close()
  await rm(folder, { recursive: true })
})

const makers = {
  gemini: (baseUrl: string, answersDirectory: string) =>
    createGeminiProvider({ apiKey: geminiEmulatorKey, baseUrl, answersDirectory }),
  vertex: (baseUrl: string, answersDirectory: string) =>
    createVertexProvider({ project: 'p', location: 'global', baseUrl, answersDirectory }),
}
type Id = keyof typeof makers

const answersOf = (id: string) => join(folder, id)
/** Each time a fresh one, as another process has it. */
const at = (id: Id, baseUrl = emulators[id]!.url) => makers[id](baseUrl, answersOf(id))

const image = (changes: Partial<ProviderRequest> = {}) =>
  googleRequest({
    kind: 'image',
    model: 'gemini-3-pro-image',
    resolution: '2K',
    durationSeconds: 0,
    imageFormat: 'jpeg',
    ...changes,
  })

let keys = 0
const newKey = () => `token_${++keys}`

async function submit(provider: Provider, request: ProviderRequest, key = newKey()) {
  const prepared = await provider.prepare(request, googleContext())
  return provider.submit(JSON.parse(JSON.stringify(prepared)), key, googleContext())
}

async function make(id: Id, prompt: string, key = newKey()) {
  const started = await submit(at(id), image({ prompt }), key)
  if (!('operation' in started)) throw new Error('no operation')
  return JSON.parse(JSON.stringify(started.operation)) as Json
}

const check = (id: Id, operation: Json) => at(id).check(operation, googleContext())
const submits = ({ requests }: Emulator) =>
  requests.filter((one) => one.endsWith(':generateContent'))

describe.each<Id>(['gemini', 'vertex'])('an image of %s', (id) => {
  test('comes with the answer to its submit, and is read by any process', async () => {
    const prompt = `${id} a fox`
    const key = newKey()
    const before = submits(emulators[id]!).length
    const started = await submit(at(id), image({ prompt }), key)
    const [job] = emulators[id]!.jobsOf(prompt)
    expect(started).toEqual({
      operation: { dialect: 'content', key },
      providerJobId: job!.reference,
    })
    const result = await check(id, { dialect: 'content', key })
    if (result.status !== 'completed' || result.output.kind !== 'path') throw new Error('no path')
    expect(await readFile(result.output.path)).toEqual(await emulators[id]!.bytesOf(job!))
    expect(submits(emulators[id]!)).toHaveLength(before + 1)
    expect(await readdir(answersOf(id))).not.toContain(`${key}.part`)
  })

  test('is found by its key where the process died before it was written down', async () => {
    const key = newKey()
    await make(id, `${id} found`, key)
    const found = await at(id).find!(key, googleContext())
    expect(found).toMatchObject({ operation: { dialect: 'content', key } })
    expect(await check(id, found!.operation)).toMatchObject({ status: 'completed' })
    expect(emulators[id]!.jobsOf(`${id} found`)).toHaveLength(1)
  })

  test('is not found where its answer was not whole when the process died', async () => {
    const key = newKey()
    await at(id).prepare(image(), googleContext())
    await writeFile(join(answersOf(id), `${key}.part`), 'half')
    await writeFile(join(answersOf(id), `${key}.image`), 'whole, and nothing said of it')
    expect(await at(id).find!(key, googleContext())).toBeNull()
    expect(await at(id).find!('token_of_none', googleContext())).toBeNull()
  })

  test('is removed once it is in storage, and not found any more', async () => {
    const key = newKey()
    const operation = await make(id, `${id} released`, key)
    await at(id).releaseProviderFiles!(operation)
    expect((await readdir(answersOf(id))).filter((name) => name.startsWith(key))).toEqual([])
    expect(await errorOf(check(id, operation))).toMatchObject({ code: 'not_found_or_expired' })
    await at(id).releaseProviderFiles!(operation)
  })

  test('of a generation that is long over is swept away', async () => {
    await mkdir(answersOf(id), { recursive: true })
    const old = join(answersOf(id), 'token_old.image')
    await writeFile(old, 'old')
    await utimes(old, 0, 0)
    await make(id, `${id} sweeps`)
    expect(await readdir(answersOf(id))).not.toContain('token_old.image')
  })

  test('is ordered with every field it needs, and its references in order', async () => {
    const prompt = `${id} with pictures`
    const references = [picture('reference'), picture('reference')]
    const inputs = references.map(({ input }) => input)
    await submit(at(id), image({ prompt, aspectRatio: '21:9', resolution: '4K', inputs }))
    const { details, picture: made } = emulators[id]!.jobsOf(prompt)[0]!
    expect(details.request).toEqual({
      contents: [
        {
          role: 'user',
          parts: [
            ...references.map(({ base64 }) => ({
              inlineData: { mimeType: 'image/png', data: base64 },
            })),
            { text: prompt },
          ],
        },
      ],
      generationConfig: {
        responseModalities: ['TEXT', 'IMAGE'],
        imageConfig: {
          aspectRatio: '21:9',
          imageSize: '4K',
          ...(id === 'vertex' && { imageOutputOptions: { mimeType: 'image/jpeg' } }),
        },
      },
    })
    expect(made).toEqual({ ratio: '21:9', format: 'jpeg' })
  })

  test('of 2.5 is asked for without a size, which it does not take', async () => {
    const prompt = `${id} of 2.5`
    await submit(at(id), image({ prompt, model: 'gemini-2.5-flash-image', resolution: '1K' }))
    const [job] = emulators[id]!.jobsOf(prompt)
    expect(JSON.stringify(job!.details.request)).not.toContain('imageSize')
    expect(job!.billedUsd).toBeCloseTo(0.039)
  })

  test.each([
    ['a first frame', picture('first_frame').input, 'invalid_input'],
    ['a film', picture('source_video').input, 'invalid_input'],
    [
      'a picture that cannot be read',
      { ...lostPicture, role: 'reference' },
      'provider_unavailable',
    ],
  ] as const)('is not ordered with %s', async (words, input, code) => {
    const prompt = `${id} not with ${words}`
    const error = await errorOf(submit(at(id), image({ prompt, inputs: [input] })))
    expect(error).toMatchObject({ code, submitOutcome: 'no_job' })
    expect(emulators[id]!.jobsOf(prompt)).toEqual([])
  })

  test('is not ordered where its answer could not be written down', async () => {
    const blocked = join(folder, `${id}-file`)
    await writeFile(blocked, '')
    const provider = makers[id](emulators[id]!.url, blocked)
    const error = await errorOf(provider.prepare(image(), googleContext()))
    expect(error).toMatchObject({ submitOutcome: 'no_job', retryable: true })
  })

  test.each([
    ['safety', 'content_policy', /withheld the image/, 0],
    ['blocked', 'content_policy', /the prompt breaks its rules/, undefined],
    ['no-image', 'content_policy', /made no image of this prompt/, undefined],
    ['no-video', 'generation_failed', /made no image of this prompt/, undefined],
    ['fail', 'generation_failed', /couldn’t make this image/, undefined],
  ])('that comes to nothing by %s says so', async (fault, code, words, costMicros) => {
    const prompt = `${id} nothing #${id}:${fault}`
    const key = newKey()
    const result = await check(id, await make(id, prompt, key))
    if (result.status !== 'failed') throw new Error(result.status)
    expect(result.error).toMatchObject({ code, submitOutcome: 'job_made' })
    expect(inEnglish(result.error.userMessage)).toMatch(words)
    expect(inEnglish(result.error.userMessage)).not.toMatch(
      /IMAGE_|PROHIBITED|Unable to show|A fox/,
    )
    // Free only where Google says so.
    expect(result.costMicros).toBe(costMicros)
    // A refusal outlives its process like an image.
    expect(await at(id).find!(key, googleContext())).toMatchObject({ operation: { key } })
  })

  test.each(['reset-after', '500-after', 'html-after', 'answer-cut', 'broken-base64'])(
    'whose answer ends in %s is unknown, paid once, and leaves nothing behind',
    expectUnknown,
  )

  // Half a gigabyte goes through the emulator, too.
  test(
    'whose answer is huge is unknown, paid once, and leaves nothing behind',
    { tags: 'long' },
    () => expectUnknown('answer-huge'),
  )

  async function expectUnknown(fault: string) {
    const prompt = `${id} unknown #${id}:${fault}`
    const key = newKey()
    const error = await errorOf(submit(at(id), image({ prompt }), key))
    expect(error).toMatchObject({ code: 'unknown_submit_outcome', submitOutcome: 'unknown' })
    expect(error.retryable).toBe(false)
    expect(emulators[id]!.jobsOf(prompt)).toHaveLength(1)
    expect((await readdir(answersOf(id))).filter((name) => name.startsWith(key))).toEqual([])
    expect(await at(id).find!(key, googleContext())).toBeNull()
  }

  test('that does not come in time is unknown', async () => {
    const prompt = `${id} never #${id}:never`
    const prepared = await at(id).prepare(image({ prompt }), googleContext())
    const context = googleContext({ signal: AbortSignal.timeout(300) })
    const error = await errorOf(at(id).submit(prepared, newKey(), context))
    expect(error).toMatchObject({ code: 'unknown_submit_outcome', submitOutcome: 'unknown' })
    expect(emulators[id]!.jobsOf(prompt)).toHaveLength(1)
  })

  test('that is slow in coming comes', async () => {
    const operation = await make(id, `${id} slow #${id}:seconds=0.5`)
    expect(await check(id, operation)).toMatchObject({ status: 'completed' })
  })

  test('is taken as it is, whatever its type is said to be', async () => {
    const operation = await make(id, `${id} film #${id}:wrong-type`)
    expect(await check(id, operation)).toMatchObject({ status: 'completed' })
  })

  test.each<[string, Answer, string]>([
    ['an empty object', { json: {} }, 'unknown_submit_outcome'],
    ['a list', { json: [] }, 'unknown_submit_outcome'],
    ['a page', { text: '<html>' }, 'unknown_submit_outcome'],
    ['an error with 200', { json: { error: { code: 500 } } }, 'unknown_submit_outcome'],
    ['a list of answers', { json: [{ candidates: [] }] }, 'unknown_submit_outcome'],
    ['half an answer', { text: '{"candidates":[{"content":{"parts":[' }, 'unknown_submit_outcome'],
    ['503 of a proxy', { status: 503, text: '<html>' }, 'unknown_submit_outcome'],
    ['403 of a proxy', { status: 403, text: '<html>' }, 'provider_unavailable'],
    ['404', { status: 404, json: { error: { code: 404, message: 'gone' } } }, 'model_retired'],
  ])('answered with %s is what that proves', async (_, answer, code) => {
    const server = await startAnswering(answer)
    const error = await errorOf(submit(at(id, server.url), image()))
    await server.close()
    const isUnknown = code === 'unknown_submit_outcome'
    expect(error).toMatchObject({ code, submitOutcome: isUnknown ? 'unknown' : 'no_job' })
  })

  test.each<[string, object, string]>([
    ['no candidate', { candidates: [] }, 'failed'],
    ['thoughts alone', { candidates: [withImages({ thought: true })] }, 'failed'],
    ['an image after thoughts', { candidates: [withImages({ thought: true }, {})] }, 'completed'],
    ['an image under its other name', { candidates: [withOtherName()] }, 'completed'],
    ['two candidates', { candidates: [withImages({}), withImages({})] }, 'completed'],
    ['an empty image', { candidates: [withEmptyImage()] }, 'failed'],
    ['fields of tomorrow', { candidates: [withImages({ mood: 7 })], mood: 8 }, 'completed'],
    ['a reason of tomorrow', { candidates: [{ finishReason: 'IMAGE_TIRED' }] }, 'failed'],
  ])('answered with %s has %s', async (_, json, status) => {
    const server = await startAnswering({ json })
    const key = newKey()
    await submit(at(id, server.url), image(), key)
    await server.close()
    expect(await check(id, { dialect: 'content', key })).toMatchObject({ status })
  })

  test('to a service that is gone is no job', async () => {
    const prepared = await at(id).prepare(image(), googleContext())
    const gone = at(id, closedAddress)
    const error = await errorOf(gone.submit(prepared, newKey(), googleContext()))
    expect(error).toMatchObject({ code: 'provider_unavailable', submitOutcome: 'no_job' })
  })

  test('of a key that leads elsewhere stays in its folder', async () => {
    expect(await at(id).find!('../../etc/passwd', googleContext())).toBeNull()
  })
})

function withOtherName() {
  const parts = [{ text: 'x' }, { inline_data: { mime_type: 'image/png', data: 'AAAA' } }]
  return { content: { parts }, finishReason: 'STOP' }
}

function withEmptyImage() {
  const parts = [{ inlineData: { mimeType: 'image/png', data: '' } }]
  return { content: { parts }, finishReason: 'STOP' }
}

function withImages(...parts: object[]) {
  const inlineData = { mimeType: 'image/png', data: 'AAAA' }
  const content = { parts: parts.map((part) => ({ ...part, inlineData })) }
  return { content, finishReason: 'STOP' }
}
