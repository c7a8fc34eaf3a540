import { nameOf } from '#lib/canvas/input'
import { listCanvases, makeCanvas } from '#lib/canvas/store/canvases'
import { readJson } from '#lib/http/read-body'
import { assertNotMoved, withAccount, withSession } from '#lib/http/with-session'

const headers = { 'cache-control': 'private, no-store' }

/** The user's canvases, the last changed first, a page at a time. */
export const GET = withSession(async (request, session) => {
  const { searchParams } = new URL(request.url)
  const page = await listCanvases(session.ownerId, {
    search: searchParams.get('search')?.slice(0, 200),
    cursor: searchParams.get('cursor') ?? undefined,
    isTrash: searchParams.get('trash') === '1',
  })
  if (page.canvases.length === 0) await assertNotMoved(session)
  return Response.json(page, { headers })
})

/** Makes an empty canvas. */
export const POST = withAccount(async (request, { ownerId }) => {
  const name = nameOf(await readJson(request))
  return Response.json(await makeCanvas(ownerId, { name }), { status: 201, headers })
})
