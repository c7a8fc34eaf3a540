import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resilientProvider } from '../resilient-provider.ts'
import {
  begin,
  createTestbed,
  errorOf,
  start,
  testContext,
  testInput,
  testRequest,
} from './test-bed.ts'

let bed: Awaited<ReturnType<typeof createTestbed>>

beforeAll(async () => {
  bed = await createTestbed()
})
afterAll(() => bed.close())

const first = testInput('first_frame')
const last = testInput('last_frame')
const reference = testInput('reference')
const film = testInput('source_video', 'film.mp4')

async function bodyOf(request: ReturnType<typeof testRequest>) {
  await start(bed.provider, request)
  return bed.emulator.jobsOf(request.prompt)[0]!.details.body as { imageUrls: string[] }
}

describe('a picture', () => {
  it('is uploaded byte for byte, and can be fetched', async () => {
    const body = await bodyOf(testRequest({ prompt: 'bytes', inputs: [first] }))
    const answer = await fetch(body.imageUrls[0]!)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(await answer.text()).toBe('first_frame.png')
    expect(bed.emulator.uploads.at(-1)).toMatchObject({ fileName: 'first_frame.png' })
  })

  it.each([
    ['FIRST_AND_LAST_FRAMES_2_VIDEO', [first]],
    ['FIRST_AND_LAST_FRAMES_2_VIDEO', [last, first]],
    ['REFERENCE_2_VIDEO', [reference, reference]],
  ])('makes it %s', async (generationType, inputs) => {
    const prompt = `${generationType} ${inputs.length}`
    const body = await bodyOf(testRequest({ prompt, inputs }))
    expect(body).toMatchObject({ generationType })
    expect(body.imageUrls).toHaveLength(inputs.length)
    expect(body.imageUrls[0]).toContain(inputs[0] === reference ? 'reference' : 'first_frame')
  })

  it.each([
    ['a last frame alone', { inputs: [last] }],
    ['references and a frame', { inputs: [reference, first] }],
    ['references for 4 seconds', { inputs: [reference], durationSeconds: 4 }],
    ['a film', { inputs: [film] }],
    ['a film and a frame', { inputs: [first, film] }],
    ['no film for Aleph', { inputs: [reference], model: 'runway-aleph' }],
  ])('is not sent where the model cannot take it: %s', async (_what, changes) => {
    const before = bed.emulator.requests.length
    const error = await errorOf(begin(bed.provider, testRequest(changes), testContext()))
    expect(error).toMatchObject({ code: 'invalid_input', submitOutcome: 'no_job' })
    expect(bed.emulator.requests).toHaveLength(before)
  })

  it('goes to Aleph together with its film', async () => {
    const inputs = [reference, film]
    const body = await bodyOf(testRequest({ prompt: 'aleph', model: 'runway-aleph', inputs }))
    expect(body).toMatchObject({
      videoUrl: expect.stringContaining('film.mp4'),
      referenceImage: expect.stringContaining('reference.png'),
      uploadCn: false,
      aspectRatio: '16:9',
    })
  })
})

describe('an upload that fails', () => {
  const failing = (status: number, body: unknown = {}) =>
    testContext({ fetch: async () => Response.json(body, { status }) })

  it.each([
    [failing(500), 'provider_unavailable', true],
    [failing(404), 'provider_unavailable', true],
    [failing(413), 'invalid_input', false],
    [failing(200, { code: 401, msg: 'no' }), 'auth', false],
    [failing(200, { code: 200, data: {} }), 'provider_unavailable', true],
    [failing(200, '<html>'), 'provider_unavailable', true],
  ])('made no job (%#)', async (context, code, retryable) => {
    const error = await errorOf(begin(bed.provider, testRequest({ inputs: [first] }), context))
    expect(error).toMatchObject({ code, retryable, submitOutcome: 'no_job' })
  })

  const silentAt = (path: string) =>
    testContext({
      fetch: (url, init) =>
        (url as string).includes(path)
          ? new Promise((_, reject) =>
              init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))),
            )
          : fetch(url, init),
    })

  it.each([
    ['an upload', '/api/file-stream-upload', 'no_job', true],
    ['a submit', '/api/v1/veo/generate', 'unknown', false],
  ])('out of time in %s: %s', async (_what, path, submitOutcome, retryable) => {
    const hurried = resilientProvider(bed.provider, { timeouts: { prepare: 500, submit: 500 } })
    const request = testRequest({ prompt: `slow ${path}`, inputs: [first] })
    const error = await errorOf(begin(hurried, request, silentAt(path)))
    expect(error).toMatchObject({ submitOutcome, retryable })
    expect(bed.emulator.jobsOf(request.prompt)).toEqual([])
  })

  it('made no job where our own storage fails', async () => {
    const unreadable = { ...first, read: () => Promise.reject(new Error('disk')) }
    const request = testRequest({ prompt: 'disk', inputs: [unreadable] })
    const error = await errorOf(begin(bed.provider, request, testContext()))
    expect(error).toMatchObject({ submitOutcome: 'no_job', retryable: true })
    expect(bed.emulator.jobsOf('disk')).toEqual([])
  })
})

describe('the emulator', () => {
  it('takes base64, too', async () => {
    const answer = await fetch(`${bed.emulator.url}/api/file-base64-upload`, {
      method: 'POST',
      headers: { authorization: 'Bearer kie-test-key', 'content-type': 'application/json' },
      body: JSON.stringify({ base64Data: 'data:image/png;base64,aGk=', fileName: 'a.png' }),
    })
    const { data } = await answer.json()
    expect(await (await fetch(data.downloadUrl)).text()).toBe('hi')
  })
})
