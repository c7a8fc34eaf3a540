import type { ErrorCode } from './error-code.ts'

/**
 * Why a generation does not move on by itself right now, as a code with parameters. Programs and screens decide by
 * the code; the sentence is made from it in `waitMessage`, and is never compared.
 */
export type WaitReason =
  /** The provider is not called for a while; `says` is why, in its adapter's words. */
  | { code: 'provider_cooldown'; errorCode: ErrorCode; says: string }
  | { code: 'provider_off'; providerLabel: string }
  /** A submit or an upload was refused for now, and is tried again. */
  | { code: 'retry'; errorCode: ErrorCode; says: string }
  /** The provider seems to have the job of an earlier attempt. */
  | { code: 'earlier_job' }
  | { code: 'canceling' }
  /** What the provider says it is doing, in its adapter's words. */
  | { code: 'provider_says'; says: string }
  /** Looks at the provider fail. */
  | { code: 'provider_unreachable'; providerLabel: string }
  | { code: 'provider_refuses'; errorCode: ErrorCode; says: string }
  | { code: 'job_not_found'; providerLabel: string }
  | { code: 'saving' }
  | { code: 'link_not_ready'; providerLabel: string }
  | { code: 'storage_down' }
  /** Steps of ours fail again and again; taken up by hand. */
  | { code: 'parked' }

export type WaitCode = WaitReason['code']

const goesOn = 'The video goes on there; trying again.'

/** A wait as an English sentence, for programs and until a screen has words of its own. */
export function waitMessage(wait: WaitReason): string {
  switch (wait.code) {
    case 'provider_cooldown':
    case 'retry':
    case 'provider_says':
      return wait.says
    case 'provider_off':
      return `${wait.providerLabel} is switched off here at the moment.`
    case 'earlier_job':
      return 'The provider has it after all; checking it now.'
    case 'canceling':
      return 'Canceling'
    case 'provider_unreachable':
      return `${wait.providerLabel} does not answer right now. ${goesOn}`
    case 'provider_refuses':
      return `${wait.says} ${goesOn}`
    case 'job_not_found':
      return `${wait.providerLabel} does not find this video right now. Asking again.`
    case 'saving':
      return 'Saving'
    case 'link_not_ready':
      return `${wait.providerLabel} has made it; its link does not work yet. Trying again.`
    case 'storage_down':
      return 'The video cannot be saved yet, trying again'
    case 'parked':
      return 'This video ran into a fault of this studio. Check it by hand, or tell its operator.'
  }
}
