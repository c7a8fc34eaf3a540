import { fileViewOf } from '#lib/files/file-view-of'
import { resubmitFile } from '#lib/generation/resubmit-file'
import { notFound } from '#lib/http/not-found'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ fileId: string }>
}

/** Submits again what nobody knows the outcome of. It may be charged twice, and its user has been told so. */
export const POST = withSession(async (_request, { userId }, { params }: Context) => {
  const row = await resubmitFile(userId, (await params).fileId)
  if (!row) throw notFound()
  return Response.json(fileViewOf(row))
})
