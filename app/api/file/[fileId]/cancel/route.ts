import { fileViewOf } from '#lib/generations/view'
import { cancelGeneration } from '#lib/generations/commands/cancel'
import { notFound } from '#lib/http/problem-response'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ fileId: string }>
}

/** Stops a generation. Asking again is no error; 409 where it is too late. */
export const POST = withSession(async (_request, { ownerId }, { params }: Context) => {
  const row = await cancelGeneration(ownerId, (await params).fileId)
  if (!row) throw notFound()
  return Response.json(fileViewOf(row), { headers: { 'cache-control': 'private, no-store' } })
})
