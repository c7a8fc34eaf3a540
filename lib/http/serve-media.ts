import { findOwnedFile } from '../files/find-file.ts'
import { findOwnedImages } from '../files/images.ts'
import { productionStorage } from '../storage/production-storage.ts'
import { downloadName } from './download-name.ts'
import { notFound } from './not-found.ts'
import { parseRange } from './parse-range.ts'
import type { RequestHead } from './request-head.ts'
import { withSession } from './with-session.ts'

const contentTypes: Record<string, string> = {
  'video.mp4': 'video/mp4',
  'poster.jpg': 'image/jpeg',
  'filmstrip.jpg': 'image/jpeg',
  'source.png': 'image/png',
  'source.jpg': 'image/jpeg',
  'source.webp': 'image/webp',
}

/** What there is of a video or a picture, beside its bytes. */
interface Medium {
  sha256: string | null
  /** What a download is named after. */
  title: string
}

/**
 * `GET /api/media/<id>/<name>`: the bytes of a finished video, its poster or its filmstrip, or of an uploaded
 * picture, to the owner only. Serves ranges (206, 416) and 304; an object never changes, so browsers may keep it.
 * `?download=1` names the file after its prompt.
 */
export const serveMedia = withSession(
  async (request: RequestHead, { userId }, id: string, name: string) => {
    const contentType = contentTypes[name]
    const medium = contentType && (await findOwnedMedium(userId, id))
    const object = medium && (await productionStorage().get(`${id}/${name}`))
    if (!object) throw notFound()

    const headers = headersFor(request, medium, name, contentType)
    if (request.headers.get('if-none-match') === headers.get('etag'))
      return new Response(null, { status: 304, headers })
    const range = rangeOf(request, headers.get('etag')!, object.sizeBytes)
    if (range === 'unsatisfiable') {
      headers.set('content-range', `bytes */${object.sizeBytes}`)
      return new Response(null, { status: 416, headers })
    }
    const { start, end } = range ?? { start: 0, end: object.sizeBytes - 1 }
    headers.set('content-length', String(end - start + 1))
    if (range) headers.set('content-range', `bytes ${start}-${end}/${object.sizeBytes}`)
    const body = request.method === 'HEAD' ? null : object.read(range)
    return new Response(body, { status: range ? 206 : 200, headers })
  },
)

async function findOwnedMedium(userId: string, id: string): Promise<Medium | undefined> {
  if (/^image_[0-9a-z]{24}$/.test(id)) {
    const [image] = await findOwnedImages(userId, [id])
    return image && { sha256: image.sha256, title: 'image' }
  }
  const row = await findOwnedFile(userId, id)
  return row?.state === 'completed' ? { sha256: row.sha256, title: row.prompt } : undefined
}

function headersFor(request: RequestHead, medium: Medium, name: string, contentType: string) {
  const headers = new Headers({
    'content-type': contentType,
    'accept-ranges': 'bytes',
    etag: `"${medium.sha256}-${name}"`,
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; img-src 'self'; media-src 'self'; sandbox",
  })
  if (new URL(request.url).searchParams.has('download'))
    headers.set('content-disposition', downloadName(medium.title, name))
  return headers
}

function rangeOf(request: RequestHead, etag: string, sizeBytes: number) {
  const ifRange = request.headers.get('if-range')
  if (ifRange && ifRange !== etag) return undefined
  return parseRange(request.headers.get('range'), sizeBytes)
}
