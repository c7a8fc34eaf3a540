import { stopAnswer } from '#lib/chat/conversation'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ chatId: string }>
}

/** Stops the answer in progress. Stopping twice, or nothing, is no error. */
export const POST = withSession(async (_request, { ownerId }, { params }: Context) => {
  await stopAnswer(ownerId, (await params).chatId)
  return new Response(null, { status: 204 })
})
