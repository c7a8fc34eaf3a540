import { findShown } from '../../generations/queries.ts'
import { findInputs } from '../../assets/assets.ts'
import { productionStorage } from '../../assets/storage/production-storage.ts'
import { downloadName } from './download-name.ts'
import { matchesEtag } from '../etag.ts'
import { notFound } from '../problem-response.ts'
import { parseRange } from './parse-range.ts'
import type { RequestHead } from '../request-guards.ts'
import { withSession } from '../with-session.ts'

/** What is drawn of a film is next to it. */
const pictures: ReadonlySet<string> = new Set(['poster.jpg', 'filmstrip.jpg'])

/** What there is of a video or a picture, besides its bytes. */
interface Medium {
  /** Where the bytes are stored. */
  key: string
  contentType: string
  sha256: string | null
  /** What a download is named after. */
  title: string
}

/**
 * `GET /api/media/<id>/<name>`: the bytes of a finished video, its poster or its filmstrip, or of an uploaded
 * picture (`source`, with or without its extension), to the owner only. Serves ranges (206, 416) and 304; an object never changes, so browsers may keep it.
 * `?download=1` names the file after its prompt.
 */
export const serveMedia = withSession(
  async (request: RequestHead, { ownerId }, id: string, name: string) => {
    const medium = await findOwnedMedium(ownerId, id, name)
    const object = medium && (await productionStorage().get(medium.key))
    if (!object) throw notFound()

    const headers = headersFor(request, medium, name)
    if (matchesEtag(request.headers.get('if-none-match'), headers.get('etag')!))
      return new Response(null, { status: 304, headers })
    const range = rangeOf(request, headers.get('etag')!, object.sizeBytes)
    if (range === 'unsatisfiable') {
      headers.set('content-range', `bytes */${object.sizeBytes}`)
      headers.set('cache-control', 'private, no-store')
      return new Response(null, { status: 416, headers })
    }
    const { start, end } = range ?? { start: 0, end: object.sizeBytes - 1 }
    headers.set('content-length', String(end - start + 1))
    if (range) headers.set('content-range', `bytes ${start}-${end}/${object.sizeBytes}`)
    const body = request.method === 'HEAD' ? null : object.read(range)
    return new Response(body, { status: range ? 206 : 200, headers })
  },
)

async function findOwnedMedium(
  ownerId: string,
  id: string,
  name: string,
): Promise<Medium | undefined> {
  if (id.startsWith('image_')) return findOwnedPicture(ownerId, id, name)
  const row = await findShown(ownerId, id)
  if (!row?.asset || row.state !== 'completed') return undefined
  const { storageKey, contentType, sha256 } = row.asset
  const medium = { key: `${id}/${name}`, sha256, title: row.prompt }
  if (medium.key === storageKey) return { ...medium, contentType }
  return pictures.has(name) ? { ...medium, contentType: 'image/jpeg' } : undefined
}

async function findOwnedPicture(
  ownerId: string,
  id: string,
  name: string,
): Promise<Medium | undefined> {
  const [image] = await findInputs(ownerId, [id])
  if (!image) return undefined
  const { storageKey: key, contentType, sha256 } = image
  const isIts = name === 'source' || key === `${id}/${name}`
  return isIts ? { key, contentType, sha256, title: 'image' } : undefined
}

function headersFor(request: RequestHead, medium: Medium, name: string) {
  const headers = new Headers({
    'content-type': medium.contentType,
    'accept-ranges': 'bytes',
    etag: `"${medium.sha256}-${name}"`,
    'cache-control': 'private, max-age=31536000, immutable',
    // A browser keeps it for the session it was sent to: the next user, who opens its address, is asked for their own.
    vary: 'cookie, authorization',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': "default-src 'none'; img-src 'self'; media-src 'self'; sandbox",
  })
  if (new URL(request.url).searchParams.has('download'))
    headers.set('content-disposition', downloadName(medium.title, name))
  return headers
}

/** A range is asked for with GET only (RFC 9110, 14.2). */
function rangeOf(request: RequestHead, etag: string, sizeBytes: number) {
  if (request.method !== 'GET') return undefined
  const ifRange = request.headers.get('if-range')
  if (ifRange && ifRange !== etag) return undefined
  return parseRange(request.headers.get('range'), sizeBytes)
}
