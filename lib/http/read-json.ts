import { AppError } from '../errors.ts'
import { readBytes } from './read-bytes.ts'

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
