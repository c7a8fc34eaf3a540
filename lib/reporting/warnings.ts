import type { MessageRef } from '#lib/messages/message'
import { openSignUpWarning } from '../generations/access.ts'
import { unknownPricesWarning } from '../generations/models.ts'

/**
 * What is set here in a way that may cost the operator money, as it is now: the same for the log of the start, the
 * admins' `/health` and `/admin`.
 */
export function settingsWarnings(): MessageRef[] {
  return [openSignUpWarning(), unknownPricesWarning()].filter((one) => one !== undefined)
}
