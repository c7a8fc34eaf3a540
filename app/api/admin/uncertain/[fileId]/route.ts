import { usdOf } from '#lib/contract/money'
import { settleUncertain } from '#lib/generations/commands/settle-by-hand'
import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'
import { assertAdmin } from '#lib/people/accounts/people'

interface Context {
  params: Promise<{ fileId: string }>
}

/** Settles one by hand: `{ chargeUsd, ownUsd?, note? }`. */
export const POST = withSession(async (request, session, { params }: Context) => {
  await assertAdmin(session)
  const { fileId } = await params
  const body = await readJson(request)
  const { chargedMicros } = await settleUncertain(fileId, body, session.userId, new Date())
  return Response.json({ chargedUsd: usdOf(chargedMicros) })
})
