import type { NoticeKind, NoticeTry } from '#lib/contract/people/notices'

/** What a channel tells: the facts, and no words. Words are made by the channel, in the reader's language. */
export interface TellableNotice {
  id: string
  kind: NoticeKind
  ownerId: string
  userId: string
  fileId: string
  createdAt: Date
}

/** One message to one address: a notice, or several of a minute as a digest, oldest first; without any, a test message. */
export interface Telling {
  target: string
  locale: 'en' | 'ru'
  notices: readonly TellableNotice[]
  signal: AbortSignal
}

/** How a try ended. `over` is final: the address is gone, and the channel has forgotten it. */
export type TellOutcome =
  | { end: 'sent'; answer: Pick<NoticeTry, 'status' | 'code'> }
  | { end: 'again'; answer: Pick<NoticeTry, 'status' | 'code'>; afterSeconds?: number }
  | { end: 'over'; answer: Pick<NoticeTry, 'status' | 'code'> }

/** A way to tell. Registered by the composition root; a channel that is not set up has no targets. */
export interface Channel {
  name: 'push' | 'telegram' | 'webhook' | 'mail'
  /** Whether several notices of a minute are told in one message. */
  hasDigest: boolean
  /** The addresses to tell of a notice, in the channel's own words. A person who turned the channel off is not asked for. */
  targetsOf: (notice: TellableNotice) => Promise<string[]>
  /** A user's own addresses, which a test message is sent to. Absent where tests are sent another way. */
  targetsOfUser?: (userId: string) => Promise<string[]>
  /** Sends one message. It ends with the signal at the latest, and may be called twice for the same notice. */
  tell: (telling: Telling) => Promise<TellOutcome>
}
