import type { TemplatesAnswer } from '#lib/contract/library/templates'
import { readJson } from '#lib/http/read-body'
import { withAccount, withSession } from '#lib/http/with-session'
import { newTemplateOf, templatesQueryOf } from '#lib/library/templates/input'
import { listTemplates, makeTemplate } from '#lib/library/templates/templates'
import { localeOf } from '#lib/messages/locales'

const headers = { 'cache-control': 'private, no-store' }

/** The templates the user can use, those that come with the studio among them. */
export const GET = withSession(async (request, session) => {
  const wanted = templatesQueryOf(request.url)
  const templates = await listTemplates(session, localeOf(request.headers), wanted)
  return Response.json({ templates } satisfies TemplatesAnswer, { headers })
})

/** Saves a template. */
export const POST = withAccount(async (request, session) => {
  const made = await makeTemplate(session, newTemplateOf(await readJson(request)))
  return Response.json(made, { status: 201, headers })
})
