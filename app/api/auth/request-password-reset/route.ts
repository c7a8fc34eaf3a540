import { z } from 'zod'
import { clientOf, readFields, withoutSession } from '#lib/http/answer-auth'
import { requestReset } from '#lib/people/accounts/reset-password'
import { assertMayTry } from '#lib/people/accounts/tries'

const schema = z.object({ email: z.string().max(300) })

/** Has a link mailed that sets a new password. The answer is the same whether the address has an account. */
export const POST = withoutSession(async (request) => {
  const { email } = await readFields(request, schema)
  const account = email.trim().toLowerCase()
  await assertMayTry({ what: 'reset', address: clientOf(request), account })
  requestReset(email, request.headers)
  return Response.json({ status: true })
})
