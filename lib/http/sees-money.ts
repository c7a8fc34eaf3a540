import type { Caller } from '#lib/contract/people/caller'
import { accessMode } from '../generations/access.ts'
import { hasOwner, isAdmin } from '../people/accounts/first-owner.ts'

/**
 * Whether a reader may see what the installation spends and what goes wrong at its providers: the owner and the admins.
 * While there is no owner, everyone where everyone may use everything, and no stranger where what costs money is for
 * members.
 */
export async function seesMoney(caller: Caller | undefined) {
  if (isAdmin(caller)) return true
  return accessMode().mode === 'open' && !(await hasOwner())
}
