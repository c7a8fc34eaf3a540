import type { ErrorCode } from './problem.ts'

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
  | { code: 'link_not_ready'; providerLabel: string; isFilmBroken?: boolean }
  | { code: 'storage_down' }
  /** Not submitted yet: what would be paid for could not be kept. */
  | { code: 'storage_full' }
  /** Steps of ours fail again and again; taken up by hand. */
  | { code: 'parked' }

export type WaitCode = WaitReason['code']

const goesOn = 'The video goes on there; trying again.'

const messages: { [Code in WaitCode]: (wait: Extract<WaitReason, { code: Code }>) => string } = {
  provider_cooldown: ({ says }) => says,
  provider_off: ({ providerLabel }) => `${providerLabel} is switched off here at the moment.`,
  retry: ({ says }) => says,
  earlier_job: () => 'The provider has it after all; checking it now.',
  canceling: () => 'Canceling',
  provider_says: ({ says }) => says,
  provider_unreachable: ({ providerLabel }) =>
    `${providerLabel} does not answer right now. ${goesOn}`,
  provider_refuses: ({ says }) => `${says} ${goesOn}`,
  job_not_found: ({ providerLabel }) =>
    `${providerLabel} does not find this video right now. Asking again.`,
  saving: () => 'Saving',
  link_not_ready: ({ providerLabel, isFilmBroken }) =>
    isFilmBroken
      ? `${providerLabel} has made it, but what it sent is not a whole video. Trying again.`
      : `${providerLabel} has made it; its link does not work yet. Trying again.`,
  storage_down: () => 'The video cannot be saved yet, trying again',
  storage_full: () =>
    'The disk of this studio is full. This video starts as soon as there is space; nothing is charged yet.',
  parked: () =>
    'This video ran into a fault of this studio. Check it by hand, or tell its operator.',
}

/** A wait as an English sentence, for programs and until a screen has words of its own. */
export function waitMessage(wait: WaitReason): string {
  return (messages[wait.code] as (wait: WaitReason) => string)(wait)
}
