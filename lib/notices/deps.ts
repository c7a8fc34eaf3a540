import { type SQL, sql } from 'drizzle-orm'
import { type Pace, pace } from '../pace.ts'
import { type Channels, channels } from './channels.ts'
import { videosUnderWay } from './under-way.ts'

/** What notices are delivered with. Handed in, so that a test brings its own channels and clock. */
export interface NoticeDeps {
  channels: Channels
  /** Fences leases and due times; undefined for the database's own clock. */
  clock?: () => Date
  pace: Pick<Pace, 'noticeGraceMs' | 'noticeTimeoutMs'>
  /** Aborted after so many milliseconds; undefined for the machine's own clock. */
  timeout?: (ms: number) => AbortSignal
  /** Aborted when the process ends. */
  signal: AbortSignal
  /** How many more of a user's videos may end within this minute, counted to five. */
  videosUnderWay(userId: string, ownerId: string): Promise<number>
  /** Called between any two steps; a test ends the process there. */
  after?: (step: NoticeStep) => void
}

export type NoticeStep = 'spread' | 'spread written' | 'claimed' | 'sent' | 'written'

export function productionNoticeDeps(signal: AbortSignal): NoticeDeps {
  return { channels: channels(), pace: pace(), signal, videosUnderWay }
}

/** The moment of now in a statement, one for all of it: an index can be asked for what is due by it. */
export function momentOf({ clock }: Pick<NoticeDeps, 'clock'>): SQL<string> {
  return clock ? sql`${clock().toISOString()}::timestamptz` : sql`(select clock_timestamp())`
}
