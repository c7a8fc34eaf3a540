import { describe, expect, it } from 'vitest'
import { failureOfStatus } from './failures.ts'
import { refusalOf } from './google/google-error.ts'
import { veoResult } from './google/veo-result.ts'
import { refusalOf as kieRefusalOf, taskFailed } from './kie/kie-error.ts'
import { accountTroubleIn, saysFree } from './refusal-words.ts'
import { refusalOf as superDuperRefusalOf } from './superduperai/superduperai-error.ts'

/** A call of Google's that is answered with a status and a message. */
function google(status: number, message: string) {
  const body = { error: { code: status, message } }
  return refusalOf('G', { status, body, excerpt: message, retryAfterSeconds: undefined }, 'submit')
}

/** An operation of Veo's that is over with an error. */
function operation(code: number, message: string) {
  const error = { code, message }
  return veoResult('G', { done: true, error, output: undefined, withheld: undefined })
}

const kie = (status: number, said: string) =>
  kieRefusalOf({ status, said, isTheirs: true, isSubmit: true })

const keyTrouble = [
  [400, 'API key not valid. Please pass a valid API key.'],
  [400, 'API key expired. Please renew the API key.'],
  [400, 'User location is not supported for the API use.'],
] as const
const moneyTrouble = [
  [429, 'Your prepayment credits are depleted. Please go to AI Studio to manage your billing.'],
  [429, 'Your project has exceeded its monthly spending cap.'],
  [429, 'You exceeded your current quota. Quota exceeded for metric: free_tier, limit: 0'],
  [403, 'This API method requires billing to be enabled.'],
  [400, 'Veo is only accessible to billed users at this time.'],
] as const

describe('F8: trouble of the operator’s account', () => {
  it.each(keyTrouble)('by Google with %i is a refused key: %s', (status, message) => {
    const error = google(status, message)
    expect(error).toMatchObject({ code: 'auth', submitOutcome: 'no_job', retryable: false })
  })

  it.each(moneyTrouble)('by Google with %i is an empty account: %s', (status, message) => {
    expect(google(status, message)).toMatchObject({
      code: 'insufficient_credits',
      submitOutcome: 'no_job',
      retryable: false,
    })
  })

  it.each([
    [9, 'User location is not supported for the API use.', 'auth'],
    [8, 'Your prepayment credits are depleted.', 'insufficient_credits'],
  ])('in an operation that ended with rpc code %i: %s', (code, message, meant) => {
    expect(operation(code, message)).toMatchObject({ status: 'failed', error: { code: meant } })
  })

  it.each([
    [422, 'The current credits are insufficient. Please top up'],
    [500, 'Your account balance is insufficient'],
    [402, 'no'],
  ])('by Kie with %i: %s', (status, said) => {
    const meant = { code: 'insufficient_credits', submitOutcome: 'no_job' }
    expect(kie(status, said)).toMatchObject(meant)
  })

  it('ends a task at Kie', () => {
    expect(taskFailed(422, 'insufficient credits')).toMatchObject({
      code: 'insufficient_credits',
      submitOutcome: 'job_made',
    })
  })

  it('is told by SuperDuperAI’s own sentence, not by what it quotes of a prompt', () => {
    const refusal = (detail: unknown) =>
      superDuperRefusalOf(
        {
          status: 400,
          body: { detail },
          excerpt: JSON.stringify({ detail }),
          retryAfterSeconds: undefined,
        },
        'submit',
      ).code
    expect(refusal('Not enough balance')).toBe('insufficient_credits')
    expect(refusal([{ msg: 'too long', input: 'she is out of credits' }])).toBe('invalid_input')
  })

  it.each([
    'You exceeded your current quota, please check your plan and billing details.',
    'Quota exceeded, limit: 0.5 per minute',
    'Quota exceeded, limit: 10',
    'The value "out of credits" is too long.',
    'personGeneration allow_all is currently not supported in your region',
  ])('is not: %s', (said) => {
    expect(accountTroubleIn(said)).toBeUndefined()
  })

  it('is not believed of a proxy', () => {
    const failure = { label: 'G', said: 'out of credits', isTheirs: false, isSubmit: true }
    expect(failureOfStatus({ ...failure, status: 429 }).code).toBe('rate_limited')
  })
})

describe('F7: a limit under another number', () => {
  it.each([430, 433])('Kie’s %i is one', (status) => {
    expect(kie(status, 'sub-key limit reached')).toMatchObject({
      code: 'rate_limited',
      submitOutcome: 'no_job',
      retryAfterSeconds: 10,
    })
  })
})

describe('F9: a refusal for content or sound', () => {
  it.each([
    [3, 'The image contains a photorealistic child.', false],
    [3, 'The prompt contains words that are blocked.', false],
    [13, 'Video generation was blocked by safety filters.', false],
    [3, 'Unsafe content was blocked by our moderation filters.', false],
    [3, "We couldn't generate the voices for this video.", true],
    [3, 'The audio could not be generated.', true],
  ])('is one with rpc code %i: %s', (code, message, retryable) => {
    const error = { code: 'content_policy', retryable }
    expect(operation(code, message)).toMatchObject({ status: 'failed', error })
  })

  it.each([
    [500, 'We encountered an issue with the audio for your prompt.', true],
    [400, "We can't create videos with real people's names.", false],
    [501, 'Failed: copyright', false],
  ])('passed on by Kie with %i: %s', (code, message, retryable) => {
    expect(taskFailed(code, message)).toMatchObject({ code: 'content_policy', retryable })
  })

  it.each([
    'The model name is case sensitive.',
    'Invalid value at safety_settings[0].threshold',
    'Unsupported output video duration.',
  ])('is none: %s', (message) => {
    expect(google(400, message)).toMatchObject({ code: 'invalid_input' })
  })

  it.each([
    ['You have not been charged for this attempt.', true],
    ['There was no charge for this attempt.', true],
    ["It failed, and you won't be billed.", true],
    ['You may not be charged for this.', false],
    ['We cannot guarantee that you will not be charged.', false],
    ['You have not yet been charged.', false],
    ['It is over.', false],
  ])('%s: a promise that it is free? %s', (said, isFree) => {
    expect(saysFree(said)).toBe(isFree)
  })
})
