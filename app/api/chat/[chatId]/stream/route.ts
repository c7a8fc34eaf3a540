import { createUIMessageStreamResponse } from 'ai'
import { resumeAnswer } from '#lib/chat/conversation'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ chatId: string }>
}

/** The answer in progress, from its beginning; 204 where none is. */
export const GET = withSession(async (_request, { userId }, { params }: Context) => {
  const stream = await resumeAnswer(userId, (await params).chatId)
  if (!stream) return new Response(null, { status: 204 })
  return createUIMessageStreamResponse({
    stream,
    headers: { 'cache-control': 'no-cache, no-transform' },
    keepAliveMs: 15_000,
  })
})
