import { AppError } from '../errors.ts'

/** The raw body of a request; counted as it comes, whatever its headers say. Throws `payload_too_large`. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new AppError('payload_too_large', {
      userMessage: `The request is too large: at most ${sizeLabel(maxBytes)}.`,
    })
  if (Number(request.headers.get('content-length')) > maxBytes) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of arriving(request)) {
    size += chunk.byteLength
    if (size > maxBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The body as it comes. A client that leaves before its end is no trouble of ours. */
async function* arriving(request: Request): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of request.body ?? []) yield chunk
  } catch (cause) {
    throw new AppError('invalid_input', {
      userMessage: 'The request ended before its body was complete.',
      logMessage: 'the client left in the middle of its body',
      cause,
    })
  }
}

function sizeLabel(bytes: number) {
  return bytes >= 1024 ** 2 ? `${bytes / 1024 ** 2} MB` : `${bytes / 1024} KB`
}

const maxBytes = 64 * 1024

/** The JSON body of a request, of at most 64 KB; counted as it comes, whatever its headers say. */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\b/i.test(type))
    throw new AppError('unsupported_media_type', {
      userMessage: 'Send the request as JSON, with Content-Type: application/json.',
    })
  const text = new TextDecoder().decode(await readBytes(request, maxBytes))
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('invalid_input', {
      userMessage: 'The body is no valid JSON.',
      fields: [{ field: 'body', message: 'Send a JSON object.' }],
    })
  }
}
