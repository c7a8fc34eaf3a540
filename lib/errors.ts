import { type ErrorCode, errorStatus } from '#lib/contract/problem'
import { type Sentence, message } from '#lib/messages/message'
import { inEnglish } from '#lib/messages/translate'

/** A faulty field of the input, and what it takes. */
export interface FieldFault {
  field: string
  message: Sentence
}

export interface AppErrorOptions {
  /** What the user reads: a plain sentence that says what to do. Never a raw upstream text. */
  userMessage: Sentence
  /** What the operator reads in the log. Falls back to the user's sentence. */
  logMessage?: string
  /** Seconds after which another try makes sense. */
  retryAfterSeconds?: number
  /** The faulty fields of the input, each with its limits. */
  fields?: FieldFault[]
  fileId?: string
  cause?: unknown
}

/** An error with a closed code. The text for the user and the text for the log are two fields. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly userMessage: Sentence
  readonly retryAfterSeconds: number | undefined
  readonly fields: FieldFault[] | undefined
  readonly fileId: string | undefined

  constructor(code: ErrorCode, options: AppErrorOptions) {
    super(options.logMessage ?? inEnglish(options.userMessage), { cause: options.cause })
    this.code = code
    this.userMessage = options.userMessage
    this.retryAfterSeconds = options.retryAfterSeconds
    this.fields = options.fields
    this.fileId = options.fileId
  }

  get status() {
    return errorStatus[this.code]
  }
}

// A field is named as it was sent, which may be any length.
const fieldMaxLength = 100

/** One faulty field of the input, named in the sentence too. */
export function invalidField(named: string, says: Sentence) {
  const field = named.slice(0, fieldMaxLength)
  return new AppError('invalid_input', {
    userMessage: message('request.fault', { field, says }),
    fields: [{ field, message: says }],
  })
}
