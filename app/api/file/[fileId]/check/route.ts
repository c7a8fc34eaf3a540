import { fileViewOf } from '#lib/generations/view'
import { checkNow } from '#lib/generations/commands/check-now'
import { notFound } from '#lib/http/problem-response'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ fileId: string }>
}

/** "Check now": asks the provider itself and answers the file as it is then. */
export const POST = withSession(async (_request, { ownerId }, { params }: Context) => {
  const row = await checkNow(ownerId, (await params).fileId)
  if (!row) throw notFound()
  return Response.json(fileViewOf(row), { headers: { 'cache-control': 'private, no-store' } })
})
