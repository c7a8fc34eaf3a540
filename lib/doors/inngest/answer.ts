import { message } from '#lib/messages/message'
import { AppError } from '../../errors.ts'
import { studioAddress } from '../../people/studio-address.ts'
import { problemResponse } from '../../http/problem-response.ts'
import { readBytes, textOf } from '../../http/read-body.ts'
import { takePlainEvents } from './plain-events.ts'
import { servedFunctions } from './served.ts'

// A run brings the results of all its steps along.
const bodyMaxBytes = 4 * 1024 ** 2

/**
 * `/api/inngest`: what bears Inngest's marks is its executor's and is judged by its signature; any other POST is an event
 * that a program sends without Inngest, with an API key.
 */
export async function answerInngest(request: Request): Promise<Response> {
  if (request.method === 'POST' && !isOfInngest(request)) return takePlainEvents(request)
  try {
    const answer = await servedFunctions()
    if (!answer) throw notSetUp()
    return await answer(await fixed(request))
  } catch (error) {
    return problemResponse(error, request)
  }
}

/**
 * The same request at the studio's own address, whatever it says it came to, and with its body counted first: the library
 * reads as much as comes.
 */
async function fixed(request: Request) {
  const { method } = request
  const headers = new Headers(request.headers)
  const address = new URL(studioAddress())
  headers.set('host', address.host)
  const url = `${address.href.replace(/\/$/, '')}/api/inngest${new URL(request.url).search}`
  if (method !== 'POST' && method !== 'PUT') return new Request(url, { method, headers })
  const body = await readBytes(request, bodyMaxBytes)
  assertJson(body)
  return new Request(url, { method, headers, body: Buffer.from(body) })
}

function isOfInngest({ url, headers }: Request) {
  const { searchParams } = new URL(url)
  return searchParams.has('fnId') || searchParams.has('probe') || headers.has('x-inngest-signature')
}

function assertJson(body: Uint8Array) {
  if (body.byteLength === 0) return
  const text = textOf(body)
  try {
    JSON.parse(text)
  } catch {
    throw new AppError('invalid_input', { userMessage: message('errors.invalidJson') })
  }
}

function notSetUp() {
  return new AppError('not_found', { userMessage: message('inngest.notSetUp') })
}
