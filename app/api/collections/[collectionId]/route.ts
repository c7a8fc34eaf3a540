import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'
import { deleteCollection, renameCollection } from '#lib/library/collections'
import { collectionNameOf } from '#lib/library/input'

interface Context {
  params: Promise<{ collectionId: string }>
}

/** Renames a collection. */
export const PATCH = withSession(async (request, { ownerId }, { params }: Context) => {
  const name = collectionNameOf(await readJson(request))
  const headers = { 'cache-control': 'private, no-store' }
  return Response.json(await renameCollection(ownerId, (await params).collectionId, name), {
    headers,
  })
})

/** Deletes a collection; what was in it stays. */
export const DELETE = withSession(async (_request, { ownerId }, { params }: Context) => {
  await deleteCollection(ownerId, (await params).collectionId)
  return new Response(null, { status: 204 })
})
