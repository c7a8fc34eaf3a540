import { says } from '../../../../tests/support/says.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { microsOf, priceMicros } from '#lib/contract/money'
import { catalogue } from '../../models/catalogue.ts'
import type { ProviderRequest } from '../provider.ts'
import { begin, createTestbed, errorOf, follow, start, testInput, testRequest } from './test-bed.ts'

let bed: Awaited<ReturnType<typeof createTestbed>>
beforeAll(async () => {
  bed = await createTestbed()
})
afterAll(() => bed.close())

const image = (changes: Partial<ProviderRequest>) =>
  testRequest({
    kind: 'image',
    model: 'nano-banana-2',
    aspectRatio: '3:2',
    resolution: '1K',
    durationSeconds: 0,
    generateAudio: false,
    ...changes,
  })

const urls = (count: number) => bed.emulator.uploads.slice(-count).map(({ url }) => url)

async function orderOf(request: ProviderRequest) {
  await start(bed.provider, request)
  return bed.emulator.jobsOf(request.prompt)[0]!
}

const everySize = catalogue
  .filter(({ kind }) => kind === 'image')
  .flatMap(({ routes, supports }) =>
    routes
      .filter(({ provider }) => provider === 'kie')
      .flatMap(({ model, price }) =>
        supports.resolutions.map((size) => [model, size, priceMicros(price, 0, size)] as const),
      ),
  )

describe('an image of the jobs API', () => {
  test.each(everySize)(
    'of %s costs in %s what the catalogue says: %d',
    async (model, size, micros) => {
      const prompt = `price of ${model} in ${size}`
      const { billedUsd } = await orderOf(image({ model, resolution: size, prompt }))
      expect(microsOf(billedUsd)).toBe(micros)
    },
  )

  test.each<[string, Partial<ProviderRequest>, object, number]>([
    [
      'google/nano-banana',
      { imageFormat: 'jpeg' },
      { image_size: '3:2', output_format: 'jpeg' },
      0.02,
    ],
    [
      'nano-banana-2',
      { resolution: '2K', imageFormat: 'jpeg' },
      {
        aspect_ratio: '3:2',
        resolution: '2K',
        output_format: 'jpg',
        image_input: [],
        google_search: false,
      },
      0.06,
    ],
    [
      'nano-banana-pro',
      { resolution: '4K' },
      { aspect_ratio: '3:2', resolution: '4K', output_format: 'png', image_input: [] },
      0.12,
    ],
    [
      'seedream/4.5-text-to-image',
      { resolution: '2K' },
      { aspect_ratio: '3:2', quality: 'basic' },
      0.0325,
    ],
    [
      'seedream/4.5-text-to-image',
      { resolution: '4K', aspectRatio: '21:9' },
      { aspect_ratio: '21:9', quality: 'high' },
      0.04,
    ],
    ['flux-2/pro-text-to-image', {}, { aspect_ratio: '3:2', resolution: '1K' }, 0.025],
  ])('of %s is ordered with every field, and no other: %j', async (model, changes, input, usd) => {
    const prompt = `fields of ${model} ${JSON.stringify(changes)}`
    const { details, billedUsd } = await orderOf(image({ model, prompt, ...changes }))
    expect(details.body).toEqual({ model, input: { prompt, ...input } })
    expect(billedUsd).toBeCloseTo(usd)
  })

  test.each([
    ['google/nano-banana', 'google/nano-banana-edit', 'image_urls'],
    ['nano-banana-2', 'nano-banana-2', 'image_input'],
    ['nano-banana-pro', 'nano-banana-pro', 'image_input'],
    ['seedream/4.5-text-to-image', 'seedream/4.5-edit', 'image_urls'],
    ['flux-2/pro-text-to-image', 'flux-2/pro-image-to-image', 'input_urls'],
  ])('of %s with references goes to %s, in %s', async (model, slug, field) => {
    const prompt = `references of ${model}`
    const inputs = [testInput('reference', 'a.png'), testInput('reference', 'b.png')]
    const { details, model: ordered } = await orderOf(image({ model, prompt, inputs }))
    expect(ordered).toBe(slug)
    expect(details.body).toMatchObject({ model: slug, input: { prompt, [field]: urls(2) } })
  })

  test.each([['first_frame'], ['last_frame'], ['source_video']] as const)(
    'has no use for a %s, and uploads nothing',
    async (role) => {
      const before = bed.emulator.uploads.length
      const request = image({ prompt: `no ${role}`, inputs: [testInput(role)] })
      const error = await errorOf(begin(bed.provider, request))
      expect(error).toMatchObject({ code: 'invalid_input', submitOutcome: 'no_job' })
      expect(bed.emulator.uploads).toHaveLength(before)
      expect(bed.emulator.jobsOf(request.prompt)).toEqual([])
    },
  )

  test('is looked at like a video, and costs what Kie says', async () => {
    const operation = await start(bed.provider, image({ prompt: 'look #kie:bill=7' }))
    const seen = await follow(bed.provider, operation)
    expect(seen.at(-1)).toMatchObject({
      status: 'completed',
      output: { kind: 'url', url: expect.stringMatching(/\.png$/) },
      costMicros: 70_000,
    })
  })

  test.each([['fail'], ['no-video']])(
    'that comes to nothing by %s says so of an image',
    async (fault) => {
      const operation = await start(bed.provider, image({ prompt: `x #kie:${fault}` }))
      const result = (await follow(bed.provider, operation)).at(-1)!
      expect(result).toMatchObject({
        status: 'failed',
        error: { userMessage: says('Kie.ai couldn’t make this image. Retry.') },
      })
    },
  )

  test.each([
    ['png', [0x89, 0x50, 0x4e, 0x47]],
    ['jpeg', [0xff, 0xd8, 0xff]],
  ] as const)('leads to the bytes of a %s', async (imageFormat, head) => {
    const prompt = `bytes of ${imageFormat}`
    const operation = await start(bed.provider, image({ prompt, imageFormat }))
    const result = (await follow(bed.provider, operation)).at(-1)!
    if (result.status !== 'completed' || result.output.kind !== 'url') throw new Error('no url')
    const answer = await fetch(result.output.url)
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect([...bytes.subarray(0, head.length)]).toEqual(head)
    expect(answer.headers.get('content-type')).toBe(`image/${imageFormat}`)
  })

  test('is taken up by the name that a webhook gave it', async () => {
    const operation = (await start(bed.provider, image({ prompt: 'adopted' }))) as {
      taskId: string
    }
    const { aspectRatio: _, ...job } = image({})
    const context = { fetch, now: () => new Date(), webhookUrl: null }
    const signal = new AbortController().signal
    const adopted = await bed.provider.adopt!(operation.taskId, job, { ...context, signal })
    expect(adopted).toEqual({ operation })
  })
})
