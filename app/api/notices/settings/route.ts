import { localeOf } from '#lib/messages/locales'
import { readJson } from '#lib/http/read-body'
import { withFreshSession } from '#lib/http/with-session'
import { readPreferences, savePreferences } from '#lib/notices/preferences'

const headers = { 'cache-control': 'private, no-store' }

/** How the caller is told of videos. */
export const GET = withFreshSession(async (request, session) => {
  const settings = await readPreferences(session, localeOf(request.headers))
  return Response.json(settings, { headers })
})

/** Changes that. */
export const PUT = withFreshSession(async (request, session) =>
  Response.json(await savePreferences(session, await readJson(request)), { headers }),
)
