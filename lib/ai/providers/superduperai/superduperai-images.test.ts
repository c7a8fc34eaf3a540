import { says } from '../../../../tests/support/says.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InputRole, ProviderRequest } from '../provider.ts'
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

const image = (changes: Partial<ProviderRequest>) =>
  testRequest({
    kind: 'image',
    model: 'comfyui/flux',
    aspectRatio: '3:2',
    resolution: '1K',
    durationSeconds: 0,
    ...changes,
  })

const input = (role: InputRole) => ({
  role,
  contentType: 'image/png',
  fileName: `${role}.png`,
  read: async () => new TextEncoder().encode(role),
})

describe('an image of SuperDuperAI', () => {
  test.each([
    ['without', null, ''],
    ['with', 'rain', 'rain'],
  ])('is ordered with every field its client sends, %s a negative prompt', async (...row) => {
    const [word, negativePrompt, negative_prompt] = row
    const prompt = `fields ${word}`
    await start(bed.provider, image({ prompt, negativePrompt }))
    const [job] = bed.emulator.jobsOf(prompt)
    expect(job).toMatchObject({ model: 'comfyui/flux', billedUsd: 1 })
    expect(job!.details.config).toEqual({
      generation_config_name: 'comfyui/flux',
      prompt,
      negative_prompt,
      seed: 4_000_000_123,
      width: 1248,
      height: 832,
      shot_size: null,
      style_name: null,
      references: [],
      entity_ids: [],
    })
    expect(bed.emulator.requests.at(-1)).toBe('POST /api/v1/file/generate-image')
  })

  test('takes references, which are uploaded first', async () => {
    await start(bed.provider, image({ prompt: 'pictures', inputs: [input('reference')] }))
    const { references } = bed.emulator.jobsOf('pictures')[0]!.details.config as {
      references: unknown
    }
    expect(references).toEqual([{ type: 'source', reference_id: bed.emulator.uploads.at(-1)!.id }])
  })

  test('takes no first frame', async () => {
    const request = image({ prompt: 'frame', inputs: [input('first_frame')] })
    const error = await errorOf(begin(bed.provider, request))
    expect(error).toMatchObject({ code: 'invalid_input', submitOutcome: 'no_job' })
    expect(bed.emulator.jobsOf('frame')).toEqual([])
  })

  test('is looked at like a video, and comes as WebP', async () => {
    const result = (await follow(bed.provider, await start(bed.provider, image({})))).at(-1)!
    if (result.status !== 'completed' || result.output.kind !== 'url') throw new Error('no url')
    const bytes = Buffer.from(await (await fetch(result.output.url)).arrayBuffer())
    expect(bytes.toString('latin1', 0, 4)).toBe('RIFF')
    expect(bytes.toString('latin1', 8, 12)).toBe('WEBP')
  })

  test('that fails says so', async () => {
    const operation = await start(bed.provider, image({ prompt: 'x #superduperai:fail' }))
    expect((await follow(bed.provider, operation)).at(-1)).toMatchObject({
      status: 'failed',
      error: { userMessage: says('SuperDuperAI couldn’t make this image. Retry.') },
    })
  })

  test.each<[string, unknown]>([
    ['a list of files', [{ id: 'f', url: null, tasks: [] }]],
    ['a file', { id: 'f' }],
  ])('is known by its file where the answer is %s', async (_, body) => {
    const started = await begin(bed.provider, image({}), contextAnswering(body))
    expect(started).toMatchObject({ operation: { fileId: 'f' }, providerJobId: 'f' })
  })

  test.each<[string, unknown]>([
    ['an empty list', []],
    ['a list of nothing', [{}]],
  ])('of which nothing is known after %s may have been made', async (_, body) => {
    const error = await errorOf(begin(bed.provider, image({}), contextAnswering(body)))
    expect(error).toMatchObject({ code: 'unknown_submit_outcome', submitOutcome: 'unknown' })
  })

  test('prepared by an older version was a video, and stays one', async () => {
    const prepared = {
      config: { generation_config_name: 'comfyui/ltx', prompt: 'old', duration: 5 },
    }
    await bed.provider.submit(prepared, 'key', testContext())
    expect(bed.emulator.requests.at(-1)).toBe('POST /api/v1/file/generate-video')
  })
})
