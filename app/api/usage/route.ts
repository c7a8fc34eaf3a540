import { withSession } from '#lib/http/with-session'
import { inWords } from '#lib/messages/translate'
import { seesMoney } from '#lib/http/sees-money'
import { readUsage } from '#lib/reporting/usage'

const limitDefault = 24
const limitMax = 100

/** The money of the active owner: balance, limits, what was spent by day and model, and every video's charge, newest first. */
export const GET = withSession(async (request, session) => {
  const { searchParams } = new URL(request.url)
  const wanted = Math.trunc(Number(searchParams.get('limit')) || limitDefault)
  const limit = Math.max(1, Math.min(wanted, limitMax))
  const cursor = searchParams.get('cursor') ?? undefined
  const page = { cursor, limit, seesMoney: await seesMoney(session) }
  const usage = await readUsage(session, page, new Date())
  return Response.json(inWords(request.headers, usage), {
    headers: { 'cache-control': 'private, no-store' },
  })
})
