import { deleteGeneration } from '#lib/generations/commands/delete'
import { notFound } from '#lib/http/problem-response'
import { pollFile } from '#lib/http/poll-file'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ fileId: string }>
}

export async function GET(request: Request, { params }: Context) {
  return pollFile(request, (await params).fileId)
}

/** Deletes a video with its bytes; one that still runs is stopped first. */
export const DELETE = withSession(async (_request, { ownerId }, { params }: Context) => {
  if (!(await deleteGeneration(ownerId, (await params).fileId))) throw notFound()
  return new Response(null, { status: 204 })
})
