import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { freshReader } from '#lib/people/session'
import { signInFor } from './return-to.ts'

/** For pages of an account: a visitor, also one whose session was revoked just now, is sent to the sign-in, and comes back from there. */
export async function forAccounts(path: string) {
  const caller = await freshReader({ headers: await headers() })
  if (!caller || caller.isVisitor) redirect(signInFor(path))
  return caller
}

/** For pages of the owner and the admins: to other accounts there is no such page. */
export async function forAdmins(path: string) {
  const { role } = await forAccounts(path)
  if (role === 'user') notFound()
}
