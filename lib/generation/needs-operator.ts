import type { ErrorCode } from '#lib/contract/error-code'

/** Whether nobody but the operator can make a provider well: its key is refused, or the account is empty. */
export function needsOperator(code: ErrorCode) {
  return code === 'auth' || code === 'insufficient_credits'
}
