import { heartbeatMs } from '#lib/contract/file-view'
import { processWide } from './process-wide.ts'

/** How often the product does what it does again and again, in milliseconds. Tests that need not wait hurry it. */
export interface Pace {
  /** Between two polls of a browser for one file: told to it with each answer, in whole seconds. */
  pollMs: number
  /** The same for a file that has been under way for long. */
  slowPollMs: number
  /** Between two heartbeats of an event stream; the browser gives it up after two and a half of the usual ones. */
  heartbeatMs: number
  /** Between two looks at the sessions of open streams: what is revoked ends so soon, and 10 s at the latest. */
  sessionLookMs: number
  /** Between two tries to listen to the database again. */
  relistenMs: number
  /** Between two looks at the places of the queued files that are watched. */
  queueLookMs: number
  /** Between two sweeps for generations that are due, and for uploads that nothing uses. */
  sweepMs: number
  sweepUploadsMs: number
  /**
   * How long a step is believed to be alive without a sign. Renewed while it runs, so it bounds only how long a killed
   * process keeps a generation: 12 s leave room for the rest of the 30 s a restart may cost.
   */
  leaseMs: number
  /** Between two looks whether the embedded database runs, and before the second of several starts in a row. */
  databaseLookMs: number
  databasePauseMs: number
  /** Between two looks for notices that are due. */
  noticeSweepMs: number
  /** How long a notice waits for an open page to show the video first. */
  noticeGraceMs: number
  /** How long one try to tell may take. */
  noticeTimeoutMs: number
  /** Between two looks for what is due in Telegram, and between two edits of one message there. */
  telegramLookMs: number
  telegramEditMs: number
}

export const usualPace: Pace = {
  pollMs: 10_000,
  slowPollMs: 30_000,
  heartbeatMs,
  sessionLookMs: 3_000,
  relistenMs: 500,
  queueLookMs: 2_000,
  sweepMs: 15_000,
  sweepUploadsMs: 60 * 60_000,
  leaseMs: 12_000,
  databaseLookMs: 1_000,
  databasePauseMs: 1_000,
  noticeSweepMs: 1_000,
  noticeGraceMs: 5_000,
  noticeTimeoutMs: 15_000,
  telegramLookMs: 700,
  // Telegram takes about one message a second for a chat, and 20 edits a minute.
  telegramEditMs: 3_000,
}

/** The pace of this process. */
export function pace(): Pace {
  return processWide('pace', () => ({ ...usualPace }))
}

/** Sets the pace, before the first use of it: changes as JSON, as the composition root finds them. */
export function usePace(changes = '{}') {
  Object.assign(pace(), JSON.parse(changes) as Partial<Pace>)
}
