import { z } from 'zod'
import { clientOf, readFields, signInTo, withoutSession } from '#lib/http/answer-auth'
import { setUpOwner } from '#lib/people/accounts/first-owner'
import { assertMayTry } from '#lib/people/accounts/tries'

const schema = z.object({
  token: z.string().max(200),
  name: z.unknown(),
  email: z.unknown(),
  password: z.unknown(),
})

/** Makes the first owner's account for the one who has the link of the start, and signs in to it. */
export const POST = withoutSession(async (request) => {
  await assertMayTry({ what: 'link', address: clientOf(request) })
  const given = await readFields(request, schema)
  return signInTo(request, await setUpOwner(given), given.password)
})
