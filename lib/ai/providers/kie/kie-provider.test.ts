import { says } from '../../../../tests/support/says.ts'
import { inEnglish } from '#lib/messages/translate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { microsOf } from '#lib/contract/money'
import { closedAddress } from '../../../../tests/support/closed-address.ts'
import { createKieProvider } from './kie-provider.ts'
import {
  begin,
  createTestbed,
  errorOf,
  follow,
  start,
  startReceiver,
  testContext,
  testInput,
  testRequest,
} from './test-bed.ts'

let bed: Awaited<ReturnType<typeof createTestbed>>

beforeAll(async () => {
  bed = await createTestbed()
})
afterAll(() => bed.close())

const film = testInput('source_video', 'film.mp4')
const requests = {
  veo: (prompt: string) => testRequest({ prompt }),
  jobs: (prompt: string) =>
    testRequest({ prompt, model: 'kling/v3-turbo-text-to-video', durationSeconds: 5 }),
  aleph: (prompt: string) => testRequest({ prompt, model: 'runway-aleph', inputs: [film] }),
}
const apis = Object.entries(requests)

describe('a provider', () => {
  it('says who it is', () => {
    expect(bed.provider).toMatchObject({
      id: 'kie',
      label: 'Kie.ai',
      consoleUrl: 'https://kie.ai/logs',
      isOnThisMachine: true,
    })
    expect(bed.provider).not.toHaveProperty('find')
    expect(bed.provider).not.toHaveProperty('cancel')
  })
})

it.each([
  ['veo3_fast', 8, '', 0.4],
  ['veo3_lite', 8, '', 0.2],
  ['kling/v3-turbo-text-to-video', 5, '', 0.45],
  ['kling/v3-turbo-text-to-video', 10, '', 0.9],
  ['wan/2-7-text-to-video', 7, '', 0.56],
  ['bytedance/seedance-2', 5, '', 1.025],
  ['sora-2-text-to-video', 10, '', 0.5],
  ['kling/v3-turbo-text-to-video', 5, '#kie:bill=50', 0.5],
])('is billed for %s of %d seconds %sas priced', async (model, durationSeconds, orders, usd) => {
  const prompt = `${model} ${durationSeconds} ${orders}`
  const operation = await start(bed.provider, testRequest({ model, prompt, durationSeconds }))
  const last = (await follow(bed.provider, operation)).at(-1)
  expect(last).toMatchObject({ status: 'completed', costMicros: microsOf(usd) })
  expect(bed.emulator.jobsOf(prompt)).toMatchObject([{ billedUsd: usd }])
})

describe.each(apis)('%s', (api, requestFor) => {
  const promptOf = (words: string) => `${api} fox ${words}`

  it('makes a video that can be downloaded, and tells its price', async () => {
    const { provider, emulator } = bed
    const request = requestFor(promptOf('made #kie:seconds=2'))
    const result = await begin(provider, request, testContext())
    const [job] = emulator.jobsOf(request.prompt)
    expect(result).toMatchObject({ providerJobId: job!.reference, operation: { api } })
    const seen = await follow(provider, (result as { operation: never }).operation)
    expect(seen[0]).toMatchObject({ status: 'pending' })
    const last = seen.at(-1)!
    expect(last).toEqual({
      status: 'completed',
      output: { kind: 'url', url: emulator.linkOf(job!) },
      ...(api !== 'aleph' && { costMicros: microsOf(job!.billedUsd) }),
    })
    const bytes = await (await fetch(emulator.linkOf(job!))).bytes()
    expect(new TextDecoder('latin1').decode(bytes.slice(4, 8))).toBe('ftyp')
  })

  it('goes on in another process with what was stored', async () => {
    const operation = await start(bed.provider, requestFor(promptOf('restart')))
    const seen = await follow(bed.createProvider(), operation)
    expect(seen.at(-1)).toMatchObject({ status: 'completed' })
  })

  it.each(['reset-after', '500-after', 'html-after'])(
    'does not know after %s, though the job is made',
    async (fault) => {
      const request = requestFor(promptOf(`#kie:${fault}`))
      const error = await errorOf(begin(bed.provider, request, testContext()))
      expect(error).toMatchObject({
        code: 'unknown_submit_outcome',
        submitOutcome: 'unknown',
        retryable: false,
      })
      expect(bed.emulator.jobsOf(request.prompt)).toHaveLength(1)
    },
  )

  it('does not know after a submit that was cut off', async () => {
    const request = requestFor(promptOf('#kie:hang-after'))
    const abort = new AbortController()
    const call = errorOf(begin(bed.provider, request, testContext({ signal: abort.signal })))
    await expect.poll(() => bed.emulator.jobsOf(request.prompt)).toHaveLength(1)
    abort.abort()
    expect(await call).toMatchObject({ code: 'unknown_submit_outcome', submitOutcome: 'unknown' })
  })

  it('does not know after a reset without a job either', async () => {
    const request = requestFor(promptOf('#kie:reset'))
    const error = await errorOf(begin(bed.provider, request, testContext()))
    expect(error).toMatchObject({ submitOutcome: 'unknown' })
    expect(bed.emulator.jobsOf(request.prompt)).toHaveLength(0)
  })

  it.each(['status-500', 'status-403', 'status-html', 'status-429'])(
    'looks again after %s',
    async (fault) => {
      const operation = await start(bed.provider, requestFor(promptOf(`#kie:${fault}*1`)))
      const error = await errorOf(bed.provider.check(operation, testContext()))
      expect(error.code).not.toBe('not_found_or_expired')
      expect((await follow(bed.provider, operation)).at(-1)).toMatchObject({ status: 'completed' })
    },
  )

  it('ends where Kie knows no such task', async () => {
    const operation = await start(bed.provider, requestFor(promptOf('#kie:lost')))
    const error = await errorOf(bed.provider.check(operation, testContext()))
    expect(error).toMatchObject({ code: 'not_found_or_expired', retryable: false })
  })

  it.each([
    ['fail', 'generation_failed'],
    ['fail=422', 'invalid_input'],
    ['safety', 'content_policy'],
  ])('fails after %s with %s, at no cost', async (fault, code) => {
    const request = requestFor(promptOf(`#kie:${fault}`))
    const last = (await follow(bed.provider, await start(bed.provider, request))).at(-1)
    expect(last).toMatchObject({ status: 'failed', error: { code, submitOutcome: 'job_made' } })
    expect(bed.emulator.jobsOf(request.prompt)).toMatchObject([{ billedUsd: 0 }])
  })

  it('fails where success brings no video', async () => {
    const operation = await start(bed.provider, requestFor(promptOf('#kie:no-video')))
    expect((await follow(bed.provider, operation)).at(-1)).toMatchObject({
      status: 'failed',
      error: { code: 'generation_failed' },
    })
  })

  it('reads a list that comes as a string, and bears a status that goes back', async () => {
    const request = requestFor(promptOf('#kie:list-as-string #kie:undone'))
    const operation = await start(bed.provider, request)
    const [job] = bed.emulator.jobsOf(request.prompt)
    const done = { status: 'completed', output: { url: bed.emulator.linkOf(job!) } }
    expect((await follow(bed.provider, operation)).at(-1)).toMatchObject(done)
    const between = await bed.provider.check(operation, testContext())
    expect(between).toMatchObject({ status: 'pending' })
    expect(await bed.provider.check(operation, testContext())).toMatchObject(done)
  })

  it('adopts a task by its id, and no other', async () => {
    const request = requestFor(promptOf('adopt #kie:reset-after'))
    await errorOf(begin(bed.provider, request, testContext()))
    const { reference } = bed.emulator.jobsOf(request.prompt)[0]!
    const adopted = await bed.provider.adopt!(reference, request, testContext())
    const seen = await follow(bed.provider, adopted!.operation)
    expect(seen.at(-1)).toMatchObject({ status: 'completed' })
    expect(await bed.provider.adopt!('task_other', request, testContext())).toBeNull()
    const failing = requestFor(promptOf('adopt #kie:reset-after #kie:status-500'))
    await errorOf(begin(bed.provider, failing, testContext()))
    const other = bed.emulator.jobsOf(failing.prompt)[0]!.reference
    const error = await errorOf(bed.provider.adopt!(other, failing, testContext()))
    expect(error).toMatchObject({ code: 'provider_unavailable' })
  })

  it('asks for a webhook only where we can be reached', async () => {
    const receiver = await startReceiver()
    const context = testContext({ webhookUrl: receiver.url })
    const request = requestFor(promptOf('webhook #kie:seconds=0.05'))
    const unaddressed = requestFor(promptOf('no webhook'))
    await start(bed.provider, request, context)
    await start(bed.provider, unaddressed)
    const bodyOf = (prompt: string) => bed.emulator.jobsOf(prompt)[0]!.details.body
    expect(bodyOf(request.prompt)).toMatchObject({ callBackUrl: receiver.url })
    expect(bodyOf(unaddressed.prompt)).not.toHaveProperty('callBackUrl')
    await expect.poll(() => receiver.deliveries).toHaveLength(1)
    await receiver.close()
  })
})

describe('a submit', () => {
  it('is no job where the connection is refused', async () => {
    const account = { apiKey: 'kie-test-key', baseUrl: closedAddress, uploadUrl: closedAddress }
    const error = await errorOf(begin(createKieProvider(account), testRequest(), testContext()))
    expect(error).toMatchObject({
      code: 'provider_unavailable',
      submitOutcome: 'no_job',
      retryable: true,
    })
  })

  it('sends Veo all it asks for', async () => {
    await start(bed.provider, testRequest({ prompt: 'all fields', aspectRatio: '9:16' }))
    const [job] = bed.emulator.jobsOf('all fields')
    expect(job!.details.body).toEqual({
      prompt: 'all fields',
      model: 'veo3_fast',
      generationType: 'TEXT_2_VIDEO',
      aspect_ratio: '9:16',
      resolution: '720p',
      duration: 8,
      seeds: 10_000 + (4_000_000_123 % 90_000),
      enableTranslation: true,
    })
  })

  it('hands out the origin of an upright video, which has no bars', async () => {
    const request = testRequest({ prompt: 'upright', aspectRatio: '9:16' })
    const operation = await start(bed.provider, request)
    const [job] = bed.emulator.jobsOf('upright')
    expect((await follow(bed.provider, operation)).at(-1)).toMatchObject({
      output: { url: `${bed.emulator.linkOf(job!)}?origin` },
    })
  })

  it('tells how far a task is where Kie does', async () => {
    const model = 'sora-2-text-to-video'
    const request = testRequest({ prompt: 'progress #kie:never', model, durationSeconds: 10 })
    const operation = await start(bed.provider, request)
    expect(await bed.provider.check(operation, testContext())).toEqual({
      status: 'pending',
      progress: 40,
      message: says('In the queue at Kie.ai'),
    })
  })
})

describe('an operation', () => {
  it('that is none of ours is not found', async () => {
    const error = await errorOf(bed.provider.check({ api: 'suno' }, testContext()))
    expect(error).toMatchObject({ code: 'not_found_or_expired' })
  })
})

describe('health', () => {
  it('tells what is left on the account', async () => {
    const health = await bed.provider.health(testContext())
    expect(health).toEqual({
      state: 'ok',
      credits: { left: expect.any(Number), unit: 'credits' },
    })
    await start(bed.provider, testRequest({ prompt: 'costs 400', model: 'veo3' }))
    const after = await bed.provider.health(testContext())
    expect(health.credits!.left - after.credits!.left).toBeCloseTo(400)
  })

  it('is degraded without credits', async () => {
    const poor = await createTestbed({ credits: 0 })
    expect(await poor.provider.health(testContext())).toEqual({
      state: 'degraded',
      message: says(/./),
      credits: { left: 0, unit: 'credits' },
    })
    const error = await errorOf(begin(poor.provider, testRequest(), testContext()))
    expect(error).toMatchObject({ code: 'insufficient_credits', submitOutcome: 'no_job' })
    await poor.close()
  })

  it('is down with a wrong key, and where there is no answer', async () => {
    const { state, message } = await bed.createProvider('wrong').health(testContext())
    expect(state).toBe('down')
    expect(inEnglish(message!)).toContain('key')
    const gone = await createTestbed()
    await gone.close()
    expect(await gone.provider.health(testContext())).toMatchObject({ state: 'down' })
  })
})
