import { createUIMessageStreamResponse } from 'ai'
import { resumeAnswer } from '#lib/chat/conversation'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ chatId: string }>
}

/** The answer in progress, from its beginning; 204 where none is. HEAD is answered at once, and reads nothing of it. */
export const GET = withSession(async (request, { ownerId }, { params }: Context) => {
  const stream = await resumeAnswer(ownerId, (await params).chatId)
  if (!stream) return new Response(null, { status: 204 })
  const answer = createUIMessageStreamResponse({
    stream,
    headers: { 'cache-control': 'private, no-cache, no-transform' },
    keepAliveMs: 15_000,
  })
  if (request.method !== 'HEAD') return answer
  await answer.body?.cancel()
  return new Response(null, { headers: answer.headers })
})
