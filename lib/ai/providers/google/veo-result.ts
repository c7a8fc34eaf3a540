import { type MessageRef, message } from '#lib/messages/message'
import { z } from 'zod'
import type { ProviderErrorCode } from '#lib/contract/problem'
import { policySentence } from '../policy-sentence.ts'
import { ProviderError } from '../provider-error.ts'
import type { CheckResult, ProviderOutput } from '../provider.ts'
import { type GoogleStatus, isAboutContent } from './google-error.ts'

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
  const withheld = code === 3 ? contentFailure(label, message) : undefined
  return withheld ?? jobFailed(label, said, codeOfRpc(code))
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

// "We encountered an issue with the audio for your prompt": the same prompt often passes the next time.
const soundWords =
  /(?:issue|problem) with the (?:audio|sound)|(?:audio|sound|speech).{0,40}(?:safety|filter|block|withh)/i

function isAboutSound(said: string) {
  return soundWords.test(said)
}

/** A job that came to nothing for its content or its sound; undefined where the words are about neither. */
export function contentFailure(label: string, said: string): Failed | undefined {
  const isContent = isAboutSound(said) || isAboutContent(said)
  return isContent ? contentFailed(label, said, policySentence(label, said)) : undefined
}

/** Free only where Google says so. */
function contentFailed(label: string, said: string, sentence: MessageRef): Failed {
  const isSound = isAboutSound(said)
  const error = new ProviderError('content_policy', {
    submitOutcome: 'job_made',
    retryable: isSound,
    userMessage: isSound ? message('provider.soundFailed', { provider: label }) : sentence,
    logMessage: `${label}: withheld for its content: ${said.slice(0, 500)}`,
  })
  return { status: 'failed', error, ...(saysFree(said) && { costMicros: 0 }) }
}

function saysFree(said: string) {
  return /(?:\bnot|n't) (?:been |be |get )?(?:charged|billed)/i.test(said)
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
