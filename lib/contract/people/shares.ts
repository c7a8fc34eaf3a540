import type { MediaType } from '../generation.ts'
import { hasFields } from '../problem.ts'

/** How long a link lasts where nothing else is said. */
export const shareDays = 30
export const shareDaysAtMost = 3_650
export const sharePasswordMaxLength = 128

/** What a link is to show, and for how long. */
export interface ShareWish {
  /** Shows the prompt too. Default no. */
  withPrompt?: boolean | undefined
  /** Offers the file. Default no. */
  mayDownload?: boolean | undefined
  /** Days; null for never. Default 30. */
  expiresInDays?: number | null | undefined
  /** What is asked for first; null for nothing. */
  password?: string | null | undefined
}

/** A link that shows one video to those who have it, as its owner sees it. */
export interface ShareView {
  token: string
  /** The whole address. */
  url: string
  withPrompt: boolean
  mayDownload: boolean
  hasPassword: boolean
  createdAt: string
  /** Null for never. */
  expiresAt: string | null
}

/** `GET /api/file/<fileId>/shares`: the links that are not revoked, newest first. */
export interface SharesAnswer {
  shares: ShareView[]
}

export function isShareView(value: unknown): value is ShareView {
  return hasFields(value, { token: 'string', url: 'string', hasPassword: 'boolean' })
}

export function isSharesAnswer(value: unknown): value is SharesAnswer {
  const shares = (value as SharesAnswer | null)?.shares
  return Array.isArray(shares) && shares.every(isShareView)
}

/** A shared video as its page shows it: nothing of its owner. */
export interface SharedView {
  /** Null where it is not shared. */
  prompt: string | null
  /** What is shown: `videoUrl` leads to its bytes. */
  type: MediaType
  videoUrl: string
  posterUrl: string | null
  /** Saves the file; null where that is not offered. */
  downloadUrl: string | null
  contentType: string
  width: number
  height: number
  durationSeconds: number | null
  /** Drawn on the machine of the studio: never to be presented as AI output. */
  isDemo: boolean
}
