import { type MessageRef, message } from '#lib/messages/message'
import type { ProviderErrorCode } from '#lib/contract/problem'
import { type StatusFailure, accountSentence, failureOfStatus } from '../failures.ts'
import { policySentence } from '../policy-sentence.ts'
import { ProviderError, type SubmitOutcome } from '../provider-error.ts'
import { accountTroubleIn, isAboutContent, isAboutSound } from '../refusal-words.ts'

export const kieLabel = 'Kie.ai'

/** What refused a call: an HTTP status or the code inside an answer, and what was said with it. */
export type KieRefusal = Omit<StatusFailure, 'label'>

/** A code inside an answer of HTTP 200. Meanings of the codes: docs.kie.ai, and what clients have observed. */
export function refusalOf(refusal: KieRefusal): ProviderError {
  const { status, said, isSubmit } = refusal
  if (!isSubmit) return lookFailed(refusal)
  switch (status) {
    case 400:
    case 422:
    case 451:
      return unusableInput(status, said, 'no_job') ?? httpFailure(refusal)
    case 430:
    case 433:
      return httpFailure({ ...refusal, status: 429 })
    case 500:
      return serverError(refusal)
    case 505:
      return failure(
        ['provider_unavailable', 'no_job', false],
        message('provider.modelOff', { provider: kieLabel }),
        `answered 505: ${said}`,
      )
    default:
      return httpFailure(refusal)
  }
}

const pausesInSeconds: Record<number, number> = { 429: 10, 455: 60 }

/** A status of HTTP itself, or a code that means what the status of its number means. */
export function httpFailure(refusal: KieRefusal): ProviderError {
  if (!refusal.isSubmit && refusal.status === 404) return lookFailed(refusal)
  return failureOfStatus({
    ...refusal,
    label: kieLabel,
    retryAfterSeconds: refusal.retryAfterSeconds ?? pausesInSeconds[refusal.status],
  })
}

/** Of a job it does not know, Kie says "record is null". Any other failed look, a 404 too, says nothing about it. */
function lookFailed(refusal: KieRefusal): ProviderError {
  const said = `answered ${refusal.status}: ${refusal.said}`
  if (/\brecord(info)? is null/i.test(refusal.said))
    return failure(
      ['not_found_or_expired', 'job_made', false],
      message('provider.videoUnknown', { provider: kieLabel }),
      said,
    )
  if (refusal.status !== 404) return httpFailure(refusal)
  return failure(
    ['provider_unavailable', 'no_job', true],
    message('provider.unavailable', { provider: kieLabel }),
    said,
  )
}

/** 500 also stands for refused settings and paused models; with other words the outcome is unknown. */
function serverError(refusal: KieRefusal): ProviderError {
  const said = `answered 500: ${refusal.said}`
  if (/temporarily paused/i.test(refusal.said))
    return failure(
      ['model_retired', 'no_job', false],
      message('provider.modelGone', { provider: kieLabel }),
      said,
    )
  if (/field is required|not within the range of allowed options/i.test(refusal.said))
    return unusableRequest(message('provider.settingsRefused', { provider: kieLabel }), said)
  return httpFailure(refusal)
}

/** A job that was made and failed. Its error code and message are as the record tells them. */
export function taskFailed(
  code: number | string | null | undefined,
  words: string | null | undefined,
  makes: 'video' | 'image' = 'video',
): ProviderError {
  const status = Number(code)
  const said = `task failed with ${code ?? 'no code'}: ${words ?? ''}`
  const trouble = accountTroubleIn(said)
  if (trouble)
    return failure([trouble, 'job_made', false], accountSentence(kieLabel, trouble), said)
  const error = unusableInput(status, said, 'job_made')
  if (error) return error
  if (status !== 400 && status !== 422) return generationFailed(said, makes)
  return failure(
    ['invalid_input', 'job_made', false],
    message('provider.promptUnusable', { provider: kieLabel }),
    said,
  )
}

/** The task succeeded, and no address of what it made came with it. */
export function outputMissing(makes: 'video' | 'image' = 'video'): ProviderError {
  return generationFailed('success, and no address', makes)
}

const languageWords = /(?:only|must be in) english|english (?:only|prompts?)/i
const imageWords = /\b(image|img|picture|photo|url|fetch)/i

function unusableInput(
  status: number,
  said: string,
  submitOutcome: SubmitOutcome,
): ProviderError | undefined {
  if (accountTroubleIn(said)) return undefined
  const isSound = submitOutcome === 'job_made' && isAboutSound(said)
  if (isSound || isAboutContent(said))
    return failure(['content_policy', submitOutcome, isSound], policySentence(kieLabel, said), said)
  if (languageWords.test(said))
    return failure(
      ['invalid_input', submitOutcome, false],
      message('provider.englishOnly', { provider: kieLabel }),
      said,
    )
  const isAboutImage = (status === 400 || status === 422) && imageWords.test(said)
  if (status !== 451 && !isAboutImage) return undefined
  return failure(
    ['invalid_input', submitOutcome, false],
    message('provider.inputUnusable', { provider: kieLabel }),
    said,
  )
}

/** The request is none that can be sent, so no job was made. */
export function unusableRequest(userMessage: MessageRef, said: string): ProviderError {
  return failure(['invalid_input', 'no_job', false], userMessage, said)
}

function generationFailed(said: string, makes: 'video' | 'image') {
  return failure(
    ['generation_failed', 'job_made', true],
    message(makes === 'video' ? 'provider.generationFailed' : 'provider.imageFailed', {
      provider: kieLabel,
    }),
    said,
  )
}

function failure(
  [code, submitOutcome, retryable]: [ProviderErrorCode, SubmitOutcome, boolean],
  userMessage: MessageRef,
  said: string,
) {
  const logMessage = `${kieLabel}: ${said.slice(0, 500)}`
  return new ProviderError(code, { submitOutcome, retryable, userMessage, logMessage })
}
