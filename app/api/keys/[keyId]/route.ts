import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'
import { revokeKey, updateKey } from '#lib/people/keys/keys'

interface Context {
  params: Promise<{ keyId: string }>
}

/** Changes a key's name, scopes, limit or end: `{ name?, scopes?, limitUsd?, days?, confirm? }`. */
export const PATCH = withSession(async (request, session, { params }: Context) => {
  const { keyId } = await params
  return Response.json(await updateKey(session, keyId, await readJson(request)), {
    headers: { 'cache-control': 'private, no-store' },
  })
})

/** Revokes a key: it is of no use from now on. */
export const DELETE = withSession(async (_request, session, { params }: Context) => {
  await revokeKey(session, (await params).keyId)
  return new Response(null, { status: 204 })
})
