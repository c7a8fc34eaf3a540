import { AppError } from '../errors.ts'

const maxBytes = 64 * 1024

/** The JSON body of a request, of at most 64 KB; counted as it comes, whatever its headers say. */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\b/i.test(type))
    throw new AppError('unsupported_media_type', {
      userMessage: 'Send the request as JSON, with Content-Type: application/json.',
    })
  const text = await readText(request)
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('invalid_input', {
      userMessage: 'The body is no valid JSON.',
      fields: [{ field: 'body', message: 'Send a JSON object.' }],
    })
  }
}

async function readText(request: Request) {
  if (Number(request.headers.get('content-length')) > maxBytes) throw tooLarge()
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) throw tooLarge()
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function tooLarge() {
  return new AppError('payload_too_large', {
    userMessage: 'The request is too large: at most 64 KB.',
  })
}
