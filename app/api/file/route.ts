import { deleteFinished } from '#lib/generations/commands/delete'
import { listFiles } from '#lib/http/list-files'
import { withSession } from '#lib/http/with-session'

export async function GET(request: Request) {
  return listFiles(request)
}

/** Deletes every finished video of the user. Unfinished ones stay. */
export const DELETE = withSession(async (_request, { ownerId }) => {
  return Response.json({ deleted: await deleteFinished(ownerId) })
})
