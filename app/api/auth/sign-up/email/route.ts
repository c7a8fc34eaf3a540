import { z } from 'zod'
import { clientOf, readFields, signInTo, withoutSession } from '#lib/http/answer-auth'
import { signUp } from '#lib/people/accounts/sign-up'
import { assertMayTry } from '#lib/people/accounts/tries'

const schema = z.object({
  name: z.unknown(),
  email: z.unknown(),
  password: z.unknown(),
  invitation: z.string().max(200).optional(),
})

/** Makes an account and signs in to it. Its role is that of the invitation, never one of the body. */
export const POST = withoutSession(async (request) => {
  await assertMayTry({ what: 'account', address: clientOf(request) })
  const given = await readFields(request, schema)
  return signInTo(request, await signUp(given), given.password)
})
