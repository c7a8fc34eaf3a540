import type { KeysAnswer } from '#lib/contract/people/api-key'
import { readJson } from '#lib/http/read-body'
import { withFreshSession } from '#lib/http/with-session'
import { createKey, listKeys } from '#lib/people/keys/keys'

const headers = { 'cache-control': 'private, no-store' }

/** The API keys of the active account or organization; never the keys themselves. */
export const GET = withFreshSession(async (_request, session) => {
  const answer: KeysAnswer = { keys: await listKeys(session) }
  return Response.json(answer, { headers })
})

/** Makes a key. This answer is the only one that shows it. */
export const POST = withFreshSession(async (request, session) =>
  Response.json(await createKey(session, await readJson(request)), { status: 201, headers }),
)
