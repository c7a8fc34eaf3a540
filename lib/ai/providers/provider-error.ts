import type { ProviderErrorCode } from '#lib/contract/problem'
import type { Sentence } from '#lib/messages/message'

/** Whether the provider made a job: only `no_job` allows another submit. */
export type SubmitOutcome = 'no_job' | 'job_made' | 'unknown'

export interface ProviderErrorOptions {
  submitOutcome: SubmitOutcome
  /** Whether the same call may be made again by itself. */
  retryable: boolean
  /** A plain sentence for the user. Never the provider's own words. */
  userMessage: Sentence
  /** For the log: what the provider said, without secrets. */
  logMessage: string
  retryAfterSeconds?: number
  cause?: unknown
}

/** The only error an adapter throws: a closed code, whether to retry and when, and whether a job was made. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError'
  readonly code: ProviderErrorCode
  readonly submitOutcome: SubmitOutcome
  readonly retryable: boolean
  readonly userMessage: Sentence
  readonly retryAfterSeconds: number | undefined

  /** Knows those of the other copy of `lib` in this process too: the providers are shared, their errors cross. */
  static override [Symbol.hasInstance](value: unknown): value is ProviderError {
    return value instanceof Error && value.name === 'ProviderError'
  }

  constructor(code: ProviderErrorCode, options: ProviderErrorOptions) {
    super(options.logMessage, { cause: options.cause })
    this.code = code
    this.submitOutcome = options.submitOutcome
    this.retryable = options.retryable
    this.userMessage = options.userMessage
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}
