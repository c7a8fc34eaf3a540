import { notFound } from '#lib/http/problem-response'
import { withSession } from '#lib/http/with-session'
import { lineageOf } from '#lib/library/lineage'

interface Context {
  params: Promise<{ fileId: string }>
}

/** What an item of the library was made from, and what it led to. */
export const GET = withSession(async (_request, { ownerId }, { params }: Context) => {
  const lineage = await lineageOf(ownerId, (await params).fileId)
  if (!lineage) throw notFound()
  return Response.json(lineage, { headers: { 'cache-control': 'private, no-store' } })
})
