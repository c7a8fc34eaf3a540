import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'
import { limitKey, revokeKey } from '#lib/people/keys/keys'

interface Context {
  params: Promise<{ keyId: string }>
}

/** Gives a key another limit. */
export const PATCH = withSession(async (request, session, { params }: Context) => {
  const { keyId } = await params
  return Response.json(await limitKey(session, keyId, await readJson(request)), {
    headers: { 'cache-control': 'private, no-store' },
  })
})

/** Revokes a key: it is of no use from now on. */
export const DELETE = withSession(async (_request, session, { params }: Context) => {
  await revokeKey(session, (await params).keyId)
  return new Response(null, { status: 204 })
})
