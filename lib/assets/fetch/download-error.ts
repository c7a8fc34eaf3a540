export type DownloadErrorCode =
  /** The link, or an address it leads to, is none we may open. */
  | 'blocked_address'
  /** The link is over: 401, 403, 404, 410. */
  | 'expired'
  /** No answer, 429, 5xx, or out of time. */
  | 'unavailable'
  | 'too_large'
  /** The bytes ended too soon. */
  | 'truncated'
  /** The link is none to a file: no URL, redirects without end, a status no download has. */
  | 'broken'

/** Why a download came to nothing. The message is for the log and holds no query strings: links carry secrets there. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError'
  readonly code: DownloadErrorCode

  constructor(code: DownloadErrorCode, logMessage: string, cause?: unknown) {
    super(logMessage, { cause })
    this.code = code
  }
}
