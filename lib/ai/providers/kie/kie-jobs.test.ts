import { afterAll, beforeAll, expect, it } from 'vitest'
import { kieJobInputOf } from './kie-jobs.ts'
import { createTestbed, start, testInput, testRequest } from './test-bed.ts'

let bed: Awaited<ReturnType<typeof createTestbed>>

beforeAll(async () => {
  bed = await createTestbed()
})
afterAll(() => bed.close())

const first = testInput('first_frame')
const frames = [first, testInput('last_frame')]

it.each([
  ['kling/v3-turbo-text-to-video', []],
  ['kling/v3-turbo-image-to-video', [first]],
  ['kling-3.0/video', []],
  ['kling-3.0/video', frames],
  ['wan/2-7-text-to-video', []],
  ['wan/2-7-image-to-video', frames],
  ['bytedance/seedance-2', [testInput('reference')]],
  ['bytedance/seedance-2-fast', frames],
  ['bytedance/seedance-2-mini', []],
  ['sora-2-text-to-video', []],
  ['sora-2-image-to-video', [first]],
  ['some/new-model', [first]],
])('%s gets every field it requires', async (model, inputs) => {
  const prompt = `${model} ${inputs.length}`
  await start(bed.provider, testRequest({ model, prompt, inputs }))
  expect(bed.emulator.jobsOf(prompt)).toHaveLength(1)
})

const uploaded = [
  { role: 'first_frame', url: 'https://x/first' },
  { role: 'last_frame', url: 'https://x/last' },
] as const

it('speaks the words of each model', () => {
  const request = testRequest({ aspectRatio: '9:16', resolution: '1080p', negativePrompt: 'rain' })
  const inputOf = (model: string) => kieJobInputOf({ ...request, model }, uploaded)
  expect(inputOf('some/new-model')).toEqual({
    prompt: 'a fox',
    aspect_ratio: '9:16',
    duration: 8,
    resolution: '1080p',
    image_urls: ['https://x/first', 'https://x/last'],
  })
  expect(inputOf('kling-3.0/video')).toEqual({
    prompt: 'a fox',
    aspect_ratio: '9:16',
    duration: '8',
    mode: 'pro',
    sound: true,
    multi_shots: false,
    image_urls: ['https://x/first', 'https://x/last'],
  })
  expect(inputOf('wan/2-7-image-to-video')).toEqual({
    prompt: 'a fox',
    negative_prompt: 'rain',
    duration: 8,
    resolution: '1080p',
    seed: 4_000_000_123 - 2 ** 31,
    prompt_extend: true,
    watermark: false,
    first_frame_url: 'https://x/first',
    last_frame_url: 'https://x/last',
  })
  expect(inputOf('sora-2-text-to-video')).toEqual({
    prompt: 'a fox',
    aspect_ratio: 'portrait',
    n_frames: '8',
    remove_watermark: true,
    upload_method: 's3',
  })
})

it('takes the slug of a model for nothing else', () => {
  expect(kieJobInputOf(testRequest({ model: 'constructor' }), [])).toHaveProperty('aspect_ratio')
})
