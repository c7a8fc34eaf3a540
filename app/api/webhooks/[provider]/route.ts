import { receiveCallback } from '#lib/generations/webhooks'
import { problemResponse } from '#lib/http/problem-response'
import { readBytes } from '#lib/http/read-bytes'

interface Context {
  params: Promise<{ provider: string }>
}

// The largest callback of any provider is a few KB.
const maxBytes = 256 * 1024

/**
 * Where providers knock when a job is done: `/api/webhooks/<provider>?token=...`. Answered at once, before anybody is
 * asked anything; the same callback again is answered the same.
 */
export async function POST(request: Request, { params }: Context) {
  try {
    const { provider } = await params
    const token = new URL(request.url).searchParams.get('token') ?? ''
    const body = await readBytes(request, maxBytes)
    await receiveCallback({ provider, token, headers: request.headers, body })
    return Response.json({ received: true })
  } catch (error) {
    return problemResponse(error)
  }
}
