import { fileViewOf } from '#lib/generations/view'
import { resubmit } from '#lib/generations/commands/resubmit'
import { notFound } from '#lib/http/problem-response'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ fileId: string }>
}

/** Submits again what has an unknown outcome. It may be charged twice, and its user has been told so. */
export const POST = withSession(async (request, session, { params }: Context) => {
  const key = request.headers.get('idempotency-key')
  const row = await resubmit(session, (await params).fileId, undefined, key)
  if (!row) throw notFound()
  return Response.json(fileViewOf(row))
})
