import { problemResponse } from '#lib/http/problem-response'
import { readBytes } from '#lib/http/read-body'
import { receivePaymentWebhook } from '#lib/money/payments/webhook'

const maxBytes = 512 * 1024

/** Events of Stripe. Only a signed one is read, and none is believed: Stripe is asked how the payment is now. */
export async function POST(request: Request) {
  try {
    const body = await readBytes(request, maxBytes)
    await receivePaymentWebhook(body, request.headers.get('stripe-signature'), new Date())
    return Response.json({ received: true })
  } catch (error) {
    return problemResponse(error, request)
  }
}
