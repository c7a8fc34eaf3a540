import { isAPIError } from 'better-auth/api'
import { passwordLength } from '#lib/contract/people/account'
import type { ErrorCode } from '#lib/contract/problem'
import { type MessageRef, message } from '#lib/messages/message'
import { AppError, invalidField } from '../../errors.ts'

const lockedSeconds = 15 * 60

const meanings: Record<string, () => AppError> = {
  INVALID_EMAIL_OR_PASSWORD: () => refused('sign_in_failed', message('people.wrongSignIn')),
  INVALID_EMAIL: () => invalidField('email', message('people.email')),
  INVALID_PASSWORD: () => refused('wrong_password', message('people.wrongPassword')),
  CREDENTIAL_ACCOUNT_NOT_FOUND: () => refused('wrong_password', message('people.wrongPassword')),
  PASSWORD_TOO_SHORT: () => passwordFault('newPassword'),
  PASSWORD_TOO_LONG: () => passwordFault('newPassword'),
  BANNED_USER: () => blocked(),
  INVALID_CODE: () => refused('wrong_code', message('people.wrongCode')),
  INVALID_BACKUP_CODE: () => refused('wrong_code', message('people.wrongCode')),
  TOTP_NOT_ENABLED: () => refused('wrong_code', message('people.wrongCode')),
  BACKUP_CODES_NOT_ENABLED: () => refused('wrong_code', message('people.wrongCode')),
  TOTP_ALREADY_ENABLED: () => refused('not_possible_now', message('people.alreadyOn')),
  INVALID_TWO_FACTOR_COOKIE: () => signInAgain(),
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: () => signInAgain(),
  SESSION_NOT_FRESH: () => signInAgain(),
  CHALLENGE_NOT_FOUND: () => signInAgain(),
  ACCOUNT_TEMPORARILY_LOCKED: () => tooManyTries(lockedSeconds),
  PASSKEY_NOT_FOUND: () => refused('passkey_refused', message('people.passkeyRefused')),
  AUTHENTICATION_FAILED: () => refused('passkey_refused', message('people.passkeyRefused')),
  FAILED_TO_VERIFY_REGISTRATION: () => refused('passkey_refused', message('people.passkeyRefused')),
}

/** What a sign-in at a provider may come back with in the address of a page; all else is `sign_in_failed`. */
export const redirectCodes: Record<string, string> = {
  BANNED_USER: 'account_blocked',
  ...Object.fromEntries(
    [
      'account_not_linked',
      'account_already_linked_to_different_user',
      'email_does_not_match',
      'email_not_found',
      'issuer_mismatch',
      'link_invalid',
      'sign_up_closed',
      'state_mismatch',
      'state_not_found',
      'unable_to_get_user_info',
    ].map((code) => [code, code]),
  ),
}

/** What the library refuses with a code of its own, in the product's codes and words. */
export function readAuthRefusal(status: number, code: string): AppError {
  const known = meanings[code]?.()
  if (known) return known
  const logMessage = `the library of accounts refused: ${status} ${code}`
  if (status >= 500)
    return new AppError('internal_error', {
      userMessage: message('errors.internal_error'),
      logMessage,
    })
  if (status === 401) return signInFirst()
  return new AppError('not_possible_now', { userMessage: message('people.failed'), logMessage })
}

/** The same, where the library throws it. Any other error stays as it is. */
export function readAuthError(error: unknown): unknown {
  if (!isAPIError(error)) return error
  const { body, statusCode, status } = error
  const { code = String(status) } = (body ?? {}) as { code?: string }
  return readAuthRefusal(statusCode, code)
}

export function signInFirst() {
  return refused('sign_in_required', message('people.signInFirst'))
}

export function notAllowed() {
  return refused('forbidden', message('people.notAllowed'))
}

export function blocked() {
  return refused('account_blocked', message('people.blocked'))
}

export function tooManyTries(seconds: number) {
  return new AppError('rate_limited', {
    userMessage: message('people.tooManyTries', { wait: { seconds } }),
    retryAfterSeconds: seconds,
  })
}

export function passwordFault(field: string) {
  return invalidField(field, message('people.passwordLength', passwordLength))
}

function signInAgain() {
  return refused('sign_in_again', message('people.signInAgain'))
}

function refused(code: ErrorCode, userMessage: MessageRef) {
  return new AppError(code, { userMessage })
}
