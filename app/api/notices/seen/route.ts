import { localeOf } from '#lib/messages/locales'
import { readJson } from '#lib/http/read-body'
import { noUser, withSession } from '#lib/http/with-session'
import { markSeen } from '#lib/notices/bell'
import { rememberLocale } from '#lib/notices/settings'

/** A page shows these notices to the caller, in a tab that can be seen. */
export const POST = withSession(async (request, { userId }) => {
  await markSeen(userId, await readJson(request))
  if (userId !== noUser) await rememberLocale(userId, localeOf(request.headers))
  return new Response(null, { status: 204 })
})
