import type { WorkOffers } from '#lib/contract/edit/work'
import { findOwned } from '#lib/generations/queries'
import { workOffers, workSourceOf } from '#lib/generations/work/offers'
import { notFound } from '#lib/http/problem-response'
import { withFreshSession } from '#lib/http/with-session'
import { inWords } from '#lib/messages/translate'

interface Context {
  params: Promise<{ fileId: string }>
}

const nothing: WorkOffers = { extend: [], notNative: null, upscale: [] }

/** What can be made of a finished video now, and what it costs. */
export const GET = withFreshSession(async (request, session, { params }: Context) => {
  const row = await findOwned(session.ownerId, (await params).fileId)
  if (!row) throw notFound()
  const source = workSourceOf(row)
  const offers = source ? await workOffers(source, session, new Date()) : nothing
  return Response.json(inWords(request.headers, offers), {
    headers: { 'cache-control': 'private, no-store' },
  })
})
