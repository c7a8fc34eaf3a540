import { cancelBatch } from '#lib/generations/batches/batches'
import { notFound } from '#lib/http/problem-response'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ batchId: string }>
}

/** Cancels what of a batch has not ended. */
export const POST = withSession(async (_request: Request, session, { params }: Context) => {
  const found = await cancelBatch(session.ownerId, (await params).batchId)
  if (!found) throw notFound()
  return Response.json(found)
})
