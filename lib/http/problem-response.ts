import { isRetryable, type Problem } from '#lib/contract/problem'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { log } from '../log.ts'

/**
 * Any error as an answer of `application/problem+json` (RFC 9457), with a trace id that also stands in the log.
 * What is no `AppError` is a bug or a lost database: the user gets a plain sentence, the log gets the rest.
 */
export function problemResponse(error: unknown): Response {
  const known = error instanceof AppError ? error : unexpected(error)
  const traceId = newId('trace')
  const level = known.status >= 500 ? 'error' : 'info'
  log()[level]({ err: known, code: known.code, traceId }, 'request refused')
  const problem: Problem = {
    type: `/problems/${known.code}`,
    title: known.code.replaceAll('_', ' '),
    status: known.status,
    detail: known.userMessage,
    code: known.code,
    retryable: isRetryable(known.code),
    ...(known.fields && { errors: known.fields }),
    ...(known.fileId && { fileId: known.fileId }),
    traceId,
  }
  const headers = new Headers({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  })
  if (known.retryAfterSeconds) headers.set('retry-after', String(known.retryAfterSeconds))
  return new Response(JSON.stringify(problem), { status: known.status, headers })
}

// A value that PostgreSQL cannot keep (class 22): it came with the request, whatever let it through.
const unfitValue = /^22[0-9A-Z]{3}$/
const connectionLost = /^(ECONN|EPIPE|ENOENT|57P|08|53)/

function unexpected(error: unknown) {
  const code = error instanceof Error ? rootCode(error) : ''
  if (connectionLost.test(code))
    return new AppError('service_unavailable', {
      userMessage: 'The service is starting or its database is away. Try again in a few seconds.',
      logMessage: `database away: ${code}`,
      retryAfterSeconds: 5,
      cause: error,
    })
  if (unfitValue.test(code))
    return new AppError('invalid_input', {
      userMessage: 'The request holds a character or a number that cannot be stored.',
      logMessage: `a value does not fit: ${code}`,
      cause: error,
    })
  return new AppError('internal_error', {
    userMessage: 'Something went wrong on our side. Try again; your videos are safe.',
    logMessage: error instanceof Error ? error.message : String(error),
    cause: error,
  })
}

function rootCode(error: Error): string {
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.cause instanceof Error ? rootCode(error.cause) : ''
}

/** The one answer for a stranger's, a deleted and a never-seen file, so that they cannot be told apart. */
export function notFound() {
  return new AppError('not_found', {
    userMessage: 'There is no such video here. It may have been deleted.',
  })
}
