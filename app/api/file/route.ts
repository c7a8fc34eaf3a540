import { deleteFinished } from '#lib/generations/commands/delete'
import { kindIn, listFiles } from '#lib/http/list-files'
import { withSession } from '#lib/http/with-session'

export async function GET(request: Request) {
  return listFiles(request)
}

/** Deletes every finished video and image of the user; `?kind=` only those of one kind. Unfinished ones stay. */
export const DELETE = withSession(async (request, { ownerId }) => {
  const kind = kindIn(new URL(request.url))
  return Response.json({ deleted: await deleteFinished(ownerId, kind) })
})
