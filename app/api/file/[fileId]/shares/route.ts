import type { SharesAnswer } from '#lib/contract/people/shares'
import { listLinks, makeLink } from '#lib/http/share/links'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ fileId: string }>
}

const headers = { 'cache-control': 'private, no-store' }

/** The links to a video that are not revoked. */
export const GET = withSession(async (request, { ownerId }, { params }: Context) => {
  const shares = await listLinks(request, ownerId, (await params).fileId)
  return Response.json({ shares } satisfies SharesAnswer, { headers })
})

/** Makes a link that shows a video to those who have it. */
export const POST = withSession(async (request, session, { params }: Context) => {
  const link = await makeLink(request, session, (await params).fileId)
  return Response.json(link, { status: 201, headers })
})
