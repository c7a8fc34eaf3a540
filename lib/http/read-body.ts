import { keyForm } from '#lib/contract/people/api-key'
import { message } from '#lib/messages/message'
import { AppError } from '../errors.ts'
import type { RequestHead } from './request-guards.ts'

/** The body of a request, in the pieces it comes in. */
export type Body = AsyncIterable<Uint8Array>

/** What of a request has to do with its body: a web request is one, and so is what the front door reads itself. */
interface Sent extends Pick<RequestHead, 'headers'> {
  body: Body | null
}

/** The raw body of a request; counted as it comes, whatever its headers say. Throws `payload_too_large`. */
export async function readBytes(request: Sent, maxBytes: number): Promise<Uint8Array> {
  assertAnnounced(request, maxBytes)
  const chunks: Uint8Array[] = []
  for await (const chunk of bounded(bodyOf(request), maxBytes)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The body of a request; one without any ends at once. */
export async function* bodyOf({ body }: Pick<Sent, 'body'>): AsyncGenerator<Uint8Array> {
  yield* body ?? []
}

/** Throws `payload_too_large` where the headers announce more than that. */
export function assertAnnounced({ headers }: Pick<RequestHead, 'headers'>, maxBytes: number) {
  if (Number(headers.get('content-length')) > maxBytes) throw tooLarge(maxBytes)
}

/**
 * The same body, up to so many bytes: then it throws `payload_too_large` and reads no further. A client that leaves
 * before its end is no trouble of ours.
 */
export async function* bounded(body: Body, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of arriving(body)) {
    size += chunk.byteLength
    if (size > maxBytes) throw tooLarge(maxBytes)
    yield chunk
  }
}

function tooLarge(maxBytes: number) {
  return new AppError('payload_too_large', {
    userMessage: message('errors.payloadTooLarge', { limit: sizeLabel(maxBytes) }),
  })
}

async function* arriving(body: Body): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (cause) {
    throw new AppError('invalid_input', {
      userMessage: message('errors.bodyIncomplete'),
      logMessage: 'the client left in the middle of its body',
      cause,
    })
  }
}

function sizeLabel(bytes: number) {
  return bytes >= 1024 ** 2 ? `${bytes / 1024 ** 2} MB` : `${bytes / 1024} KB`
}

/** An API key outside of its header: never accepted, and no secret any more. */
export function keyMisplaced() {
  return new AppError('key_misplaced', { userMessage: message('errors.keyMisplaced') })
}

const usualMaxBytes = 64 * 1024

/**
 * Bytes as text. Throws `invalid_input` where they are no UTF-8, as of a program that sends Latin-1, or of a body that is
 * compressed: letters that are lost would be paid for in a prompt.
 */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new AppError('invalid_input', {
      userMessage: message('errors.notUtf8'),
      fields: [{ field: 'body', message: message('errors.notUtf8') }],
    })
  }
}

/** The JSON body of a request, of at most 64 KB or as many bytes as said; counted as it comes, whatever its headers say. */
export async function readJson(request: Sent, maxBytes = usualMaxBytes): Promise<unknown> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\b/i.test(type))
    throw new AppError('unsupported_media_type', {
      userMessage: message('errors.sendJson'),
    })
  const text = textOf(await readBytes(request, maxBytes))
  if (keyForm.test(text)) throw keyMisplaced()
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('invalid_input', {
      userMessage: message('errors.invalidJson'),
      fields: [{ field: 'body', message: message('errors.sendObject') }],
    })
  }
}
