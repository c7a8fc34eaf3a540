import { withSession } from '#lib/http/with-session'
import { revokeBatch } from '#lib/money/codes'
import { assertAdmin } from '#lib/people/accounts/people'

interface Context {
  params: Promise<{ batchId: string }>
}

/** Ends the codes of a batch that are not used yet: again changes nothing. */
export const DELETE = withSession(async (_request, session, { params }: Context) => {
  await assertAdmin(session)
  const { batchId } = await params
  return Response.json({ revoked: await revokeBatch(batchId, new Date()) })
})
