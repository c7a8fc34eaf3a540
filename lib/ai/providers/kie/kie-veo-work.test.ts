import { says } from '../../../../tests/support/says.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { KeptWork } from '#lib/contract/generation'
import type { Json, ProviderRequest } from '../provider.ts'
import {
  begin,
  createTestbed,
  errorOf,
  follow,
  start,
  startReceiver,
  testContext,
  testRequest,
} from './test-bed.ts'

let bed: Awaited<ReturnType<typeof createTestbed>>

beforeAll(async () => {
  bed = await createTestbed()
})
afterAll(() => bed.close())

/** A Veo task that is done, and its name. */
async function made(prompt: string) {
  const result = await begin(bed.provider, testRequest({ prompt }))
  if (!('operation' in result)) throw new Error('no operation')
  await follow(bed.provider, JSON.parse(JSON.stringify(result.operation)) as Json)
  return result.providerJobId!
}

function ofJob(job: string, work: KeptWork, changes: Partial<ProviderRequest> = {}) {
  const model = work.operation === 'extend' ? 'veo/extend-fast' : `veo/${work.to.toLowerCase()}`
  return testRequest({ model, work: { ...work, job }, ...changes })
}

const extend = { operation: 'extend', way: 'native' } as const
const to1080 = { operation: 'upscale', to: '1080p' } as const
const to4K = { operation: 'upscale', to: '4K' } as const

it('extends a task of its own, and says that what comes is what was added', async () => {
  const before = await made('a fox')
  const prompt = 'it runs on'
  const operation = await start(bed.provider, ofJob(before, extend, { prompt }))
  const [job] = bed.emulator.jobsOf(prompt)
  expect(job!.details.body).toEqual({ taskId: before, prompt, model: 'fast', seeds: 50_123 })
  expect((await follow(bed.provider, operation)).at(-1)).toEqual({
    status: 'completed',
    output: { kind: 'url', url: bed.emulator.linkOf(job!), isSegment: true },
    costMicros: 400_000,
  })
})

it('takes the whole video where Kie has put it together', async () => {
  const prompt = 'and rests #kie:whole'
  const operation = await start(bed.provider, ofJob(await made('b fox'), extend, { prompt }))
  const [job] = bed.emulator.jobsOf(prompt)
  expect((await follow(bed.provider, operation)).at(-1)).toMatchObject({
    output: { kind: 'url', url: `${bed.emulator.linkOf(job!)}?whole` },
  })
  expect((await follow(bed.provider, operation)).at(-1)).not.toHaveProperty('output.isSegment')
})

it('extends an extension, in the better lane too', async () => {
  const first = await begin(
    bed.provider,
    ofJob(await made('c fox'), extend, { model: 'veo/extend-quality', prompt: 'on' }),
  )
  await follow(bed.provider, 'operation' in first ? first.operation : null)
  const job = 'operation' in first ? first.providerJobId! : ''
  const operation = await start(bed.provider, ofJob(job, extend, { prompt: 'on and on' }))
  expect((await follow(bed.provider, operation)).at(-1)?.status).toBe('completed')
  expect(bed.emulator.jobsOf('on')[0]!.billedUsd).toBe(2)
})

it('is asked for nothing without the task to go on from', async () => {
  const before = bed.emulator.requests.length
  for (const work of [extend, to1080, to4K]) {
    const request = { ...ofJob('', work), work }
    const error = await errorOf(bed.provider.prepare(request, testContext()))
    expect(error).toMatchObject({ code: 'invalid_input', submitOutcome: 'no_job' })
  }
  expect(bed.emulator.requests).toHaveLength(before)
})

it.each([
  ['1080p', to1080, '#kie:hd-422', '?1080p'],
  ['1080p', to1080, '', '?1080p'],
  ['4K', to4K, '', '?4k'],
] as const)('waits for the %s version of a task (%#)', async (size, work, orders, ending) => {
  const job = await made(`${size} fox ${orders}`)
  const operation = await start(bed.provider, ofJob(job, work))
  const seen = await follow(bed.provider, operation)
  expect(seen.slice(0, -1)).not.toHaveLength(0)
  for (const one of seen.slice(0, -1))
    expect(one).toMatchObject({ status: 'pending', message: says(`Making the ${size} version`) })
  expect(seen.at(-1)).toMatchObject({
    status: 'completed',
    output: { kind: 'url', url: expect.stringMatching(new RegExp(`\\${ending}$`)) },
  })
})

it('orders a 4K version once, however often it is looked for', async () => {
  const prompt = 'ordered once'
  const job = await made(prompt)
  const operation = await start(bed.provider, ofJob(job, to4K))
  await follow(bed.provider, operation)
  await follow(bed.provider, operation)
  await follow(bed.createProvider(), await start(bed.provider, ofJob(job, to4K)))
  expect(bed.emulator.jobsOf(prompt).map(({ model }) => model)).toEqual(['veo3_fast', 'veo/4k'])
})

it('sends an address for the webhook of 4K with the order alone', async () => {
  const receiver = await startReceiver()
  const bodies: unknown[] = []
  const fetchSeen: typeof fetch = (url, init) => {
    const isOrder = typeof url === 'string' && url.endsWith('4k-video')
    if (isOrder && typeof init?.body === 'string') bodies.push(JSON.parse(init.body))
    return fetch(url, init)
  }
  const context = testContext({ webhookUrl: receiver.url, fetch: fetchSeen })
  const job = await made('told')
  const operation = await start(bed.provider, ofJob(job, to4K), context)
  await bed.provider.check(operation, context)
  const order = { taskId: job, index: 0 }
  expect(bodies).toEqual([{ ...order, callBackUrl: receiver.url }, order])
  await receiver.close()
})

it('looks for a 1080p version whose first answer was lost, and holds a lost order of 4K for unknown', async () => {
  const lost = testContext({ fetch: () => Promise.reject(new Error('reset')) })
  const hung: typeof fetch = async (url, init) => {
    await fetch(url, init)
    throw new TypeError('fetch failed')
  }
  const hd = ofJob(await made('lost hd'), to1080)
  const operation = await start(bed.provider, hd, testContext({ fetch: hung }))
  expect((await follow(bed.provider, operation)).at(-1)?.status).toBe('completed')
  const prompt = 'lost 4k'
  const large = ofJob(await made(prompt), to4K)
  for (const context of [lost, testContext({ fetch: hung })])
    expect((await errorOf(begin(bed.provider, large, context))).submitOutcome).toBe('unknown')
  expect(bed.emulator.jobsOf(prompt)).toHaveLength(2)
  // The task's own webhook, or the user's retry, leads back to what was ordered.
  const adopted = await bed.provider.adopt!('any', { ...large, work: large.work! }, testContext())
  expect((await follow(bed.provider, adopted!.operation)).at(-1)?.status).toBe('completed')
  expect(bed.emulator.jobsOf(prompt)).toHaveLength(2)
})

it.each([
  ['hd-none', to1080, '1080p'],
  ['4k-none', to4K, '4K'],
] as const)('says that there is no such version at once (%s)', async (fault, work, size) => {
  const request = ofJob(await made(`none #kie:${fault}`), work)
  expect(await errorOf(begin(bed.provider, request))).toMatchObject({
    code: 'generation_failed',
    submitOutcome: 'no_job',
    retryable: false,
    userMessage: says(`Kie.ai cannot make a ${size} version of this video.`),
  })
})

it.each([to1080, to4K])('says where Kie keeps the task no longer (%j)', async (work) => {
  expect(await errorOf(begin(bed.provider, ofJob('veo_task_gone', work)))).toMatchObject({
    code: 'not_found_or_expired',
    submitOutcome: 'no_job',
    userMessage: says('Kie.ai no longer has this video. It keeps videos for a few days only.'),
  })
})

it('keeps looking where Kie answers nonsense, and ends where it gives up later', async () => {
  const operation = await start(bed.provider, ofJob(await made('nonsense'), to4K))
  const answering = (status: number, json: unknown) =>
    bed.provider.check(
      operation,
      testContext({ fetch: async () => Response.json(json, { status }) }),
    )
  for (const [status, json] of [
    [502, {}],
    [200, { code: 401, msg: 'Unauthorized' }],
    [200, { code: 500, msg: 'Internal Error, Please try again later.' }],
  ] as const)
    expect(await errorOf(answering(status, json))).not.toMatchObject({
      code: 'not_found_or_expired',
    })
  const gone = { code: 500, msg: 'The 4K version of this video is unavailable.', data: null }
  expect(await answering(200, gone)).toMatchObject({
    status: 'failed',
    error: { code: 'generation_failed', submitOutcome: 'job_made' },
  })
})
