import { inEnglish } from '#lib/messages/translate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  begin,
  contextAnswering,
  createTestbed,
  errorOf,
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

describe('a refused submit', () => {
  it.each([
    ['401', { code: 'auth', retryable: false }],
    ['402', { code: 'insufficient_credits', retryable: false }],
    ['403', { code: 'auth', retryable: false }],
    ['422', { code: 'invalid_input', retryable: false }],
    ['429', { code: 'rate_limited', retryable: true, retryAfterSeconds: 1 }],
    ['429=7', { code: 'rate_limited', retryable: true, retryAfterSeconds: 7 }],
    ['503=9', { code: 'provider_unavailable', retryable: true, retryAfterSeconds: 9 }],
    ['policy', { code: 'content_policy', retryable: false }],
    ['retired', { code: 'model_retired', retryable: false }],
    ['kie-code=404', { code: 'model_retired', retryable: false }],
    ['kie-code=429', { code: 'rate_limited', retryable: true, retryAfterSeconds: 10 }],
    ['kie-code=451', { code: 'invalid_input', retryable: false }],
    ['kie-code=455', { code: 'provider_unavailable', retryable: true, retryAfterSeconds: 60 }],
    ['kie-code=505', { code: 'provider_unavailable', retryable: false }],
  ])('%s made no job', async (fault, meaning) => {
    const error = await submitError(`#kie:${fault}`)
    expect(error).toMatchObject({ ...meaning, submitOutcome: 'no_job' })
    expect(inEnglish(error.userMessage)).not.toMatch(/Website|Unauthorized|Validation|paused/)
    expect(bed.emulator.jobsOf(`fox #kie:${fault}`)).toEqual([])
  })

  it.each(['500', 'kie-code=408', 'kie-code=501', 'kie-code=504', 'kie-code=999'])(
    '%s leaves it open',
    async (fault) => {
      const error = await submitError(`#kie:${fault}`)
      expect(error).toMatchObject({ code: 'unknown_submit_outcome', submitOutcome: 'unknown' })
    },
  )

  it('that lacks a field made no job', async () => {
    const call = begin(bed.provider, testRequest({ prompt: '' }), testContext())
    expect(await errorOf(call)).toMatchObject({ code: 'invalid_input', submitOutcome: 'no_job' })
  })

  it.each([
    [{ code: 400, msg: 'Unsafe image' }, 'content_policy'],
    [{ code: 400, msg: 'The image url is not reachable' }, 'invalid_input'],
    [{ code: 400, msg: 'Only English prompts are supported' }, 'invalid_input'],
    [{ code: 422, msg: 'Rejected by Flow(PUBLIC_ERROR_UNSAFE_GENERATION)' }, 'content_policy'],
    [{ code: 500, msg: 'duration is not within the range of allowed options' }, 'invalid_input'],
  ])('%j is %s', async (envelope, code) => {
    const error = await errorOf(begin(bed.provider, testRequest(), contextAnswering(envelope)))
    expect(error).toMatchObject({ code, submitOutcome: 'no_job', retryable: false })
  })

  it('says why, as far as it is told: pictures, settings, language, content', async () => {
    const messageOf = async (msg: string) => {
      const context = contextAnswering({ code: 400, msg })
      const error = await errorOf(begin(bed.provider, testRequest(), context))
      return inEnglish(error.userMessage)
    }
    expect(await messageOf('could not fetch the image')).toContain('picture')
    expect(await messageOf('no such ratio')).toContain('settings')
    expect(await messageOf('Only English prompts')).toContain('in English')
    expect(await messageOf('flagged')).toContain('because of its content')
    expect(await messageOf('Your prompt was flagged')).toContain('the prompt')
    expect(await messageOf('Unsafe image')).toContain('a picture breaks')
    expect(await messageOf('Rejected by Flow(MINOR_UPLOAD)')).toContain('a child')
  })

  it.each([
    [400, 'no_job'],
    [401, 'no_job'],
    [429, 'no_job'],
    [503, 'no_job'],
    [301, 'unknown'],
    [408, 'unknown'],
    [500, 'unknown'],
    [502, 'unknown'],
    [504, 'unknown'],
  ])('by HTTP %i: %s', async (status, submitOutcome) => {
    const context = contextAnswering({ code: status, msg: 'no' }, status)
    const error = await errorOf(begin(bed.provider, testRequest(), context))
    expect(error).toMatchObject({ submitOutcome })
  })

  it.each([
    [403, {}, 'provider_unavailable', 'no_job'],
    [503, {}, 'unknown_submit_outcome', 'unknown'],
    [503, { 'retry-after': '3' }, 'provider_unavailable', 'no_job'],
  ])('by the page of a proxy with %i %j: %s', async (status, headers, code, submitOutcome) => {
    const fetch = async () => new Response('<h1>no</h1>', { status, headers })
    const error = await errorOf(begin(bed.provider, testRequest(), testContext({ fetch })))
    expect(error).toMatchObject({ code, submitOutcome })
  })

  it.each([[{}], [{ code: 200, data: null }], [{ code: 200, data: { taskId: '' } }], ['<html>']])(
    'leaves it open after %j',
    async (envelope) => {
      const error = await errorOf(begin(bed.provider, testRequest(), contextAnswering(envelope)))
      expect(error).toMatchObject({ code: 'unknown_submit_outcome', submitOutcome: 'unknown' })
    },
  )

  it('writes no key to the log', async () => {
    const error = await errorOf(
      begin(bed.createProvider('very-secret'), testRequest(), testContext()),
    )
    expect(error.code).toBe('auth')
    expect(`${error.message} ${inEnglish(error.userMessage)}`).not.toContain('very-secret')
  })
})

describe('a failed look', () => {
  it.each([
    [{ code: 401, msg: 'Unauthorized' }, 200],
    [{ code: 404, msg: 'Not Found' }, 200],
    [{ code: 422, msg: 'Validation Error' }, 200],
    [{ code: 500, msg: 'Internal Error' }, 200],
    [{ code: 501, msg: 'Failed' }, 200],
    [{ code: 200, data: null }, 200],
    [{ code: 200, data: {} }, 200],
    [{}, 404],
    [{}, 410],
    [{}, 502],
  ])('%j by HTTP %i says nothing about the video', async (envelope, status) => {
    const operation = await start(bed.provider, testRequest({ prompt: 'looked at' }))
    const error = await errorOf(bed.provider.check(operation, contextAnswering(envelope, status)))
    expect(error.code).not.toBe('not_found_or_expired')
    expect(error.code).not.toBe('unknown_submit_outcome')
  })

  it('waits as long as Kie needs', async () => {
    const operation = await start(bed.provider, testRequest({ prompt: 'looked at' }))
    const call = bed.provider.check(operation, contextAnswering({ code: 429, msg: 'slow down' }))
    expect(await errorOf(call)).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 10 })
  })
})
