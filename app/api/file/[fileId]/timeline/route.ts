import type { TimelineAnswer } from '#lib/contract/file-view'
import { findOwned, timelineOf } from '#lib/generations/queries'
import { notFound } from '#lib/http/problem-response'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ fileId: string }>
}

/** When a video changed its state, and at which provider. */
export const GET = withSession(async (_request, { ownerId }, { params }: Context) => {
  const { fileId } = await params
  if (!(await findOwned(ownerId, fileId))) throw notFound()
  const events = await timelineOf(fileId)
  const answer: TimelineAnswer = {
    events: events.map(({ at, ...event }) => ({ ...event, at: at.toISOString() })),
  }
  return Response.json(answer, { headers: { 'cache-control': 'private, no-store' } })
})
