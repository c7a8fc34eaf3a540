import { readJson } from '#lib/http/read-body'
import { assertNotMoved, withSession } from '#lib/http/with-session'
import { changeItems } from '#lib/library/change'
import { emptyTrash } from '#lib/library/deletion'
import { changeOf, deletionOf, queryOf } from '#lib/library/input'
import { listLibrary } from '#lib/library/view'

const headers = { 'cache-control': 'private, no-store' }

/** The images, videos and uploads of the user, a page at a time. */
export const GET = withSession(async (request, session) => {
  const page = await listLibrary(session.ownerId, queryOf(request.url))
  if (page.items.length === 0) await assertNotMoved(session)
  return Response.json(page, { headers })
})

/** Stars items, moves them to the trash or out of it, into a collection or out of it. */
export const PATCH = withSession(async (request, { ownerId }) =>
  Response.json(await changeItems(ownerId, changeOf(await readJson(request))), { headers }),
)

/** Deletes for good what is in the trash: some, or all of it. */
export const DELETE = withSession(async (request, { ownerId }) =>
  Response.json(await emptyTrash(ownerId, deletionOf(await readJson(request))), { headers }),
)
