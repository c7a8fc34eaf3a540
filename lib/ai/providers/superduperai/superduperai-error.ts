import { type MessageRef, message } from '#lib/messages/message'
import type { ProviderErrorCode } from '#lib/contract/problem'
import { failureOfStatus, notUnderstood } from '../failures.ts'
import { policySentence } from '../policy-sentence.ts'
import { ProviderError, type SubmitOutcome } from '../provider-error.ts'
import type { JsonAnswer } from '../http-call.ts'

export const superDuperAiLabel = 'SuperDuperAI'

/** What a call is for: `submit` makes a paid job, `look` asks for one file, `other` is everything else. */
export type CallPurpose = 'submit' | 'look' | 'other'

/** An answer that is no 2xx. A page instead of JSON comes from a proxy and says nothing about a file. */
export function refusalOf(answer: JsonAnswer, purpose: CallPurpose): ProviderError {
  const { status, excerpt } = answer
  if (purpose === 'submit') return submitRefused(answer)
  if (status === 404 && (purpose === 'other' || !isTheirs(answer)))
    return notUnderstood(superDuperAiLabel, `404: ${excerpt}`)
  return httpFailure(answer, false)
}

const policyWords = /polic(y|ies)|moderat|nsfw|unsafe|prohibited/i

function submitRefused(answer: JsonAnswer) {
  const said = `answered ${answer.status}: ${answer.excerpt}`
  if (answer.status === 409)
    return failure(
      ['invalid_input', 'no_job', false],
      message('provider.seedUsed', { provider: superDuperAiLabel }),
      said,
    )
  if ((answer.status === 400 || answer.status === 422) && policyWords.test(answer.excerpt))
    return failure(
      ['content_policy', 'no_job', false],
      policySentence(superDuperAiLabel, answer.excerpt),
      said,
    )
  return httpFailure(answer, true)
}

function httpFailure(answer: JsonAnswer, isSubmit: boolean) {
  const { status, retryAfterSeconds } = answer
  return failureOfStatus({
    label: superDuperAiLabel,
    status,
    said: detailOf(answer) ?? answer.excerpt,
    isTheirs: isTheirs(answer),
    isSubmit,
    retryAfterSeconds,
  })
}

/** All its errors have a `detail`. */
function isTheirs({ body }: JsonAnswer) {
  return typeof body === 'object' && body !== null && 'detail' in body
}

/** A sentence of its own; of settings it is a list, which quotes what was sent. */
function detailOf({ body }: JsonAnswer) {
  const { detail } = (body ?? {}) as { detail?: unknown }
  return typeof detail === 'string' ? detail : undefined
}

/** The job was made and failed; of the reason nothing is told. */
export function generationFailed(kind: 'video' | 'image'): ProviderError {
  return failure(
    ['generation_failed', 'job_made', true],
    message(kind === 'video' ? 'provider.generationFailed' : 'provider.imageFailed', {
      provider: superDuperAiLabel,
    }),
    'the last task of the file has failed',
  )
}

/** Only a first frame of a video and the references of an image can be sent; nothing was. */
export function unusableInput(kind: 'video' | 'image', role: string): ProviderError {
  return failure(
    ['invalid_input', 'no_job', false],
    message(kind === 'video' ? 'provider.firstFrameOnly' : 'provider.inputNotTaken', {
      provider: superDuperAiLabel,
    }),
    `no place for an input of role ${role}`,
  )
}

function failure(
  [code, submitOutcome, retryable]: [ProviderErrorCode, SubmitOutcome, boolean],
  userMessage: MessageRef,
  said: string,
) {
  const logMessage = `${superDuperAiLabel}: ${said.slice(0, 600)}`
  return new ProviderError(code, { submitOutcome, retryable, userMessage, logMessage })
}
