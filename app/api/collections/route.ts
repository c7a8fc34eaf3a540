import type { CollectionsAnswer } from '#lib/contract/library/library'
import { readJson } from '#lib/http/read-body'
import { withAccount, withSession } from '#lib/http/with-session'
import { listCollections, makeCollection } from '#lib/library/collections'
import { newCollectionOf } from '#lib/library/input'

const headers = { 'cache-control': 'private, no-store' }

/** The user's collections, by name. */
export const GET = withSession(async (_request, { ownerId }) => {
  const collections = await listCollections(ownerId)
  return Response.json({ collections } satisfies CollectionsAnswer, { headers })
})

/** Makes a collection, empty or with items in it. */
export const POST = withAccount(async (request, { ownerId }) => {
  const made = await makeCollection(ownerId, newCollectionOf(await readJson(request)))
  return Response.json(made, { status: 201, headers })
})
