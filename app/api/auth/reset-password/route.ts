import { z } from 'zod'
import { clientOf, readFields, withoutSession } from '#lib/http/answer-auth'
import { resetPassword } from '#lib/people/accounts/reset-password'
import { assertMayTry } from '#lib/people/accounts/tries'

const schema = z.object({ token: z.string().max(200), newPassword: z.unknown() })

/** Sets the password that a link lets one set. Signing in is another step, with a second factor where there is one. */
export const POST = withoutSession(async (request) => {
  await assertMayTry({ what: 'link', address: clientOf(request) })
  const { token, newPassword } = await readFields(request, schema)
  await resetPassword(token, newPassword)
  return Response.json({ status: true })
})
