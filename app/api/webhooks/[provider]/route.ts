import { receiveWebhook } from '#lib/generations/webhooks/webhooks'
import { problemResponse } from '#lib/http/problem-response'
import { readBytes } from '#lib/http/read-body'

interface Context {
  params: Promise<{ provider: string }>
}

// The largest webhook of any provider is a few KB.
const maxBytes = 256 * 1024

/**
 * A provider's webhook: `/api/webhooks/<provider>?token=...`. Answered at once, before the provider is asked anything;
 * the same webhook again is answered the same.
 */
export async function POST(request: Request, { params }: Context) {
  try {
    const { provider } = await params
    const idempotencyKey = new URL(request.url).searchParams.get('token') ?? ''
    const body = await readBytes(request, maxBytes)
    await receiveWebhook({ provider, idempotencyKey, headers: request.headers, body })
    return Response.json({ received: true })
  } catch (error) {
    return problemResponse(error, request)
  }
}
