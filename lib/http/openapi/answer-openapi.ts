import { createHash } from 'node:crypto'
import { type Locale, localeOf } from '#lib/messages/locales'
import { env } from '../../env.ts'
import { matchesEtag } from '../etag.ts'
import { processWide } from '../../process-wide.ts'
import { jsonAnswer } from '../whole-answer.ts'
import { openApiDocument } from './document.ts'

interface Made {
  document: ReturnType<typeof openApiDocument>
  etag: string
}

/** `GET /api/openapi.json`: the API as OpenAPI 3.1, in the language of the request. Made once for each language. */
export function answerOpenApi(request: Request): Response {
  const { document, etag } = made(localeOf(request.headers))
  const headers = { etag, vary: 'Accept-Language, Cookie', 'cache-control': 'private, no-cache' }
  if (matchesEtag(request.headers.get('if-none-match'), etag))
    return new Response(null, { status: 304, headers })
  return jsonAnswer(document, headers)
}

function made(locale: Locale): Made {
  const all = processWide('openapi documents', () => new Map<Locale, Made>())
  const known = all.get(locale)
  if (known) return known
  const { PUBLIC_URL, BASE_PATH } = env()
  const document = openApiDocument(locale, { base: PUBLIC_URL ?? BASE_PATH })
  const hash = createHash('sha256').update(JSON.stringify(document)).digest('base64url')
  const one = { document, etag: `"${hash.slice(0, 22)}"` }
  all.set(locale, one)
  return one
}
