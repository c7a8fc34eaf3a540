import { endLink } from '#lib/http/share/links'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ fileId: string; token: string }>
}

/** Ends a link at once. */
export const DELETE = withSession(async (_request, { ownerId }, { params }: Context) => {
  const { fileId, token } = await params
  await endLink(ownerId, fileId, token)
  return new Response(null, { status: 204 })
})
