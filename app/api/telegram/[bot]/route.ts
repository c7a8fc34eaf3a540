import { receiveTelegramWebhook } from '#lib/doors/telegram/receive-webhook'
import { problemResponse } from '#lib/http/problem-response'
import { readBytes } from '#lib/http/read-body'

interface Context {
  params: Promise<{ bot: string }>
}

// Telegram's own limits keep an update far below.
const maxBytes = 512 * 1024

/** Telegram's webhook: `/api/telegram/<bot>`. Answered once the update is kept; the same update again changes nothing. */
export async function POST(request: Request, { params }: Context) {
  try {
    const { bot } = await params
    const secret = request.headers.get('x-telegram-bot-api-secret-token')
    await receiveTelegramWebhook(bot, { secret, body: await readBytes(request, maxBytes) })
    return Response.json({ received: true })
  } catch (error) {
    return problemResponse(error, request)
  }
}
