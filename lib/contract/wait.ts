import { type Sentence, message } from '#lib/messages/message'
import type { ErrorCode } from './problem.ts'

/**
 * Why a generation does not move on by itself right now, as a code with parameters. Programs and screens decide by
 * the code; the sentence is made from it by `waitMessage`, in the reader's language, and is never compared.
 */
export type WaitReason =
  /** The provider is not called for a while; `says` is why, in its adapter's words. */
  | { code: 'provider_cooldown'; errorCode: ErrorCode; says: Sentence }
  | { code: 'provider_off'; providerLabel: string }
  /** What it is made from is not completed yet. */
  | { code: 'inputs' }
  /** A submit or an upload was refused for now, and is tried again. */
  | { code: 'retry'; errorCode: ErrorCode; says: Sentence }
  /** The provider seems to have the job of an earlier attempt. */
  | { code: 'earlier_job' }
  | { code: 'canceling' }
  /** What the provider says it is doing, in its adapter's words. */
  | { code: 'provider_says'; says: Sentence }
  /** Looks at the provider fail. */
  | { code: 'provider_unreachable'; providerLabel: string }
  | { code: 'provider_refuses'; errorCode: ErrorCode; says: Sentence }
  | { code: 'job_not_found'; providerLabel: string }
  | { code: 'saving' }
  | { code: 'link_not_ready'; providerLabel: string; isFilmBroken?: boolean }
  | { code: 'storage_down' }
  /** Not submitted yet: what would be paid for could not be kept. */
  | { code: 'storage_full' }
  /** Steps of ours fail again and again; taken up by hand. */
  | { code: 'parked' }

export type WaitCode = WaitReason['code']

/** A wait as a sentence. */
export function waitMessage(wait: WaitReason): Sentence {
  switch (wait.code) {
    case 'provider_cooldown':
    case 'retry':
    case 'provider_says':
      return wait.says
    case 'provider_refuses':
      return message('wait.provider_refuses', { says: wait.says })
    case 'link_not_ready':
      return message(wait.isFilmBroken ? 'wait.film_broken' : 'wait.link_not_ready', named(wait))
    case 'provider_off':
    case 'provider_unreachable':
    case 'job_not_found':
      return message(`wait.${wait.code}`, named(wait))
    default:
      return message(`wait.${wait.code}`)
  }
}

function named({ providerLabel }: { providerLabel: string }) {
  return { provider: providerLabel }
}
