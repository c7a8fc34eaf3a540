import { findBatch } from '#lib/generations/batches/batches'
import { notFound } from '#lib/http/problem-response'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ batchId: string }>
}

/** A batch as one thing: how many of it wait, run and have ended. */
export const GET = withSession(async (_request: Request, session, { params }: Context) => {
  const found = await findBatch(session.ownerId, (await params).batchId)
  if (!found) throw notFound()
  return Response.json(found, { headers: { 'cache-control': 'private, no-store' } })
})
