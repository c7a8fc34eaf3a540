import { type MessageRef, message } from '#lib/messages/message'
import { z } from 'zod'
import type { ProviderErrorCode } from '#lib/contract/problem'
import { policySentence } from '../policy-sentence.ts'
import { ProviderError } from '../provider-error.ts'
import type { CheckResult, ProviderOutput } from '../provider.ts'
import { accountTroubleIn, isAboutContent, isAboutSound, saysFree } from '../refusal-words.ts'
import type { GoogleStatus } from './google-error.ts'

/** What both dialects of Veo tell of an operation. */
export interface VeoOperation {
  done: boolean
  error: GoogleStatus | undefined
  output: ProviderOutput | undefined
  /** `raiMediaFilteredReasons` where videos were withheld; some may be, and others not. */
  withheld: readonly string[] | undefined
}

type Failed = Extract<CheckResult, { status: 'failed' }>

/** What an operation of Veo means. A video that was withheld comes as done, with no error. */
export function veoResult(label: string, operation: VeoOperation): CheckResult {
  const { done, error, output, withheld } = operation
  if (!done) return { status: 'pending' }
  if (error) return operationFailed(label, error)
  if (output) return { status: 'completed', output }
  if (withheld) return videoWithheld(label, withheld)
  return jobFailed(label, 'done, and no video in the answer')
}

const withheldSchema = z.object({
  raiMediaFilteredCount: z.number().catch(0),
  raiMediaFilteredReasons: z.array(z.string()).catch([]),
})

/** The reasons where the response of an operation tells of withheld videos; undefined where it tells of none. */
export function withheldIn(response: unknown) {
  const { data } = withheldSchema.safeParse(response)
  if (!data) return undefined
  const { raiMediaFilteredCount: count, raiMediaFilteredReasons: reasons } = data
  return count + reasons.length > 0 ? reasons : undefined
}

/** The error of an operation that is done. Its code is a `google.rpc.Code`. */
function operationFailed(label: string, { code, message = '' }: GoogleStatus): Failed {
  const said = `rpc code ${code}: ${message}`
  const withheld = isAboutRequest(code) ? contentFailure(label, message) : undefined
  return withheld ?? jobFailed(label, said, accountTroubleIn(message) ?? codeOfRpc(code))
}

/** What is asked for can be told by several codes; an outage or a missing right cannot be about content. */
function isAboutRequest(code: number | undefined) {
  return code === undefined || [3, 9, 11, 13].includes(code)
}

function codeOfRpc(code: number | undefined): ProviderErrorCode {
  switch (code) {
    case 3:
      return 'invalid_input'
    case 5:
      return 'not_found_or_expired'
    case 7:
    case 16:
      return 'auth'
    default:
      return 'generation_failed'
  }
}

/** A video that was made and is withheld. A reason is a sentence, or has its category: `17301594: Celebrity`. */
function videoWithheld(label: string, reasons: readonly string[]): Failed {
  const said = reasons.join('; ')
  const category = categoryOf(reasons[0])
  return contentFailed(
    label,
    said,
    category
      ? message('provider.withheld', { provider: label, category })
      : policySentence(label, said),
  )
}

function categoryOf(reason: string | undefined) {
  const words = /^\d+:(.*)/s.exec(reason ?? '')?.[1] ?? ''
  return words
    .replaceAll(/[^a-z ]/gi, '')
    .trim()
    .slice(0, 60)
}

/** A job that came to nothing for its content or its sound; undefined where the words are about neither. */
export function contentFailure(label: string, said: string): Failed | undefined {
  const isContent = isAboutSound(said) || isAboutContent(said)
  return isContent ? contentFailed(label, said, policySentence(label, said)) : undefined
}

/** A job that came to nothing for its content. Free only where Google says so. */
export function contentFailed(label: string, said: string, sentence: MessageRef): Failed {
  const error = new ProviderError('content_policy', {
    submitOutcome: 'job_made',
    retryable: isAboutSound(said),
    userMessage: sentence,
    logMessage: `${label}: withheld for its content: ${said.slice(0, 500)}`,
  })
  return { status: 'failed', error, ...(saysFree(said) && { costMicros: 0 }) }
}

/** A job that came to a bad end. */
export function jobFailed(
  label: string,
  said: string,
  code: ProviderErrorCode = 'generation_failed',
): Failed {
  const error = new ProviderError(code, {
    submitOutcome: 'job_made',
    retryable: code === 'generation_failed',
    userMessage: sentenceOf(label, code),
    logMessage: `${label}: the job failed: ${said.slice(0, 500)}`,
  })
  return { status: 'failed', error, ...(saysFree(said) && { costMicros: 0 }) }
}

function sentenceOf(label: string, code: ProviderErrorCode) {
  switch (code) {
    case 'auth':
      return message('provider.keyRefused', { provider: label })
    case 'insufficient_credits':
      return message('provider.noBudget', { provider: label })
    case 'invalid_input':
      return message('provider.settingsRefused', { provider: label })
    case 'not_found_or_expired':
      return message('provider.videoUnknown', { provider: label })
    default:
      return message('provider.notFinished', { provider: label })
  }
}
