import type { ErrorCode, Problem } from './api-types.ts'

/** A request that was refused, or that got no answer. Decide by its `code`. */
export class PhotofinishError extends Error {
  override readonly name = 'PhotofinishError'
  /** From the closed list of the API; `no_connection` where no answer came that is one of the API's. */
  readonly code: ErrorCode | 'no_connection'
  /** 0 where no answer came. */
  readonly status: number
  /** The same request may succeed later. */
  readonly retryable: boolean
  readonly retryAfterSeconds: number | undefined
  readonly problem: Problem | undefined

  constructor(given: {
    message: string
    code: ErrorCode | 'no_connection'
    status: number
    retryable: boolean
    retryAfterSeconds?: number | undefined
    problem?: Problem
    cause?: unknown
  }) {
    super(given.message, { cause: given.cause })
    this.code = given.code
    this.status = given.status
    this.retryable = given.retryable
    this.retryAfterSeconds = given.retryAfterSeconds
    this.problem = given.problem
  }
}

/** The error that an answer tells of. */
export async function errorOf(answer: Response): Promise<PhotofinishError> {
  const { status, headers } = answer
  const retryAfterSeconds = Number(headers.get('retry-after')) || undefined
  const body = (await answer.json().catch(() => undefined)) as Problem | undefined
  if (typeof body?.code !== 'string')
    return noConnection(`The server answered ${status} and nothing this client can read.`, {
      status,
      retryAfterSeconds,
    })
  const { code, retryable, detail } = body
  const message = typeof detail === 'string' ? detail : code
  return new PhotofinishError({
    message,
    code,
    status,
    retryable,
    retryAfterSeconds,
    problem: body,
  })
}

/** A request without an answer of the API: the network, a proxy, or a server that restarts. */
export function noConnection(
  message: string,
  more: { status?: number; retryAfterSeconds?: number | undefined; cause?: unknown } = {},
) {
  return new PhotofinishError({
    message,
    code: 'no_connection',
    status: 0,
    retryable: true,
    ...more,
  })
}
