import { inWords } from '#lib/messages/translate'
import { checkProviderNow } from '#lib/reporting/providers'
import { notFound } from '#lib/http/problem-response'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ id: string }>
}

/** Asks a provider how it is, now, and lets it in again where it is well. */
export const POST = withSession(async (request, _session, { params }: Context) => {
  const view = await checkProviderNow((await params).id)
  if (!view) throw notFound()
  return Response.json(inWords(request.headers, view))
})
