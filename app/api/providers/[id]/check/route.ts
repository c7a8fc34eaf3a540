import { inWords } from '#lib/messages/translate'
import { checkProviderNow } from '#lib/reporting/providers'
import { notFound } from '#lib/http/problem-response'
import { withSession } from '#lib/http/with-session'
import { notAllowed } from '#lib/people/accounts/auth-error'
import { seesMoney } from '#lib/http/sees-money'

interface Context {
  params: Promise<{ id: string }>
}

/** Asks a provider how it is, now, and lets it in again where it is well. */
export const POST = withSession(async (request, session, { params }: Context) => {
  if (!(await seesMoney(session))) throw notAllowed()
  const view = await checkProviderNow((await params).id)
  if (!view) throw notFound()
  return Response.json(inWords(request.headers, view))
})
