import { isRetryable, type Problem } from '#lib/contract/problem'
import { message } from '#lib/messages/message'
import { sayTo } from '#lib/messages/translate'
import { AppError, type FieldFault } from '../errors.ts'
import { newId } from '../ids.ts'
import { log } from '../log.ts'
import { jsonAnswer } from './whole-answer.ts'

/** What of a request decides about the language of its answer. */
interface Asked {
  headers: Pick<Headers, 'get'>
}

/**
 * Any error as an answer of `application/problem+json` (RFC 9457) in the language of the request, with a trace id that
 * the log names too.
 * What is no `AppError` is a bug or a lost database: the user gets a plain sentence, the log gets the rest.
 */
export function problemResponse(error: unknown, { headers: asked }: Asked): Response {
  const known = error instanceof AppError ? error : unexpected(error)
  const traceId = newId('trace')
  const level = known.status >= 500 ? 'error' : 'info'
  log()[level]({ err: known, code: known.code, traceId }, 'request refused')
  const problem: Problem = {
    type: `/problems/${known.code}`,
    title: known.code.replaceAll('_', ' '),
    status: known.status,
    detail: sayTo(asked, known.userMessage),
    code: known.code,
    retryable: isRetryable(known.code),
    ...(known.fields && { errors: fieldsIn(asked, known.fields) }),
    ...(known.fileId && { fileId: known.fileId }),
    traceId,
  }
  const headers = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }
  const answer = jsonAnswer(problem, headers, known.status)
  if (known.status === 401) answer.headers.set('www-authenticate', 'Bearer')
  if (known.retryAfterSeconds) answer.headers.set('retry-after', String(known.retryAfterSeconds))
  return answer
}

function fieldsIn(headers: Asked['headers'], fields: FieldFault[]) {
  return fields.map(({ field, message }) => ({ field, message: sayTo(headers, message) }))
}

// A value that PostgreSQL cannot keep (class 22): it came with the request, whatever let it through.
const unfitValue = /^22[0-9A-Z]{3}$/
const connectionLost = /^(ECONN|EPIPE|ENOENT|57P|08|53)/

function unexpected(error: unknown) {
  const code = error instanceof Error ? rootCode(error) : ''
  if (connectionLost.test(code))
    return new AppError('service_unavailable', {
      userMessage: message('errors.service_unavailable'),
      logMessage: `database away: ${code}`,
      retryAfterSeconds: 5,
      cause: error,
    })
  if (unfitValue.test(code))
    return new AppError('invalid_input', {
      userMessage: message('errors.unfit_value'),
      logMessage: `a value does not fit: ${code}`,
      cause: error,
    })
  return new AppError('internal_error', {
    userMessage: message('errors.internal_error'),
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
    userMessage: message('errors.not_found'),
  })
}
