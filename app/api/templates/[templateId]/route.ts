import { readJson } from '#lib/http/read-body'
import { withAccount, withSession } from '#lib/http/with-session'
import { templateChangeOf, templateSettingsOf } from '#lib/library/templates/input'
import { changeTemplate, deleteTemplate } from '#lib/library/templates/templates'
import { localeOf } from '#lib/messages/locales'

interface Context {
  params: Promise<{ templateId: string }>
}

/** Stars, renames, changes or shares a template. */
export const PATCH = withAccount(async (request, session, { params }: Context) => {
  const change = templateChangeOf(await readJson(request))
  const { templateId } = await params
  const changed = await changeTemplate(session, templateId, change, {
    locale: localeOf(request.headers),
    readSettings: templateSettingsOf,
  })
  return Response.json(changed, { headers: { 'cache-control': 'private, no-store' } })
})

/** Deletes a template. One that comes with the studio stays. */
export const DELETE = withSession(async (_request, session, { params }: Context) => {
  await deleteTemplate(session, (await params).templateId)
  return new Response(null, { status: 204 })
})
