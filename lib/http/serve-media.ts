import type { FileRow } from '../files/file-row.ts'
import { findOwnedFile } from '../files/find-file.ts'
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
}

/**
 * `GET /api/media/<fileId>/<name>`: the bytes of a finished video, its poster or its filmstrip, to the owner only.
 * Serves ranges (206, 416) and 304; an object never changes, so browsers may keep it. `?download=1` names the file
 * after its prompt.
 */
export const serveMedia = withSession(
  async (request: RequestHead, { userId }, fileId: string, name: string) => {
    const contentType = contentTypes[name]
    const row = contentType && (await findOwnedFile(userId, fileId))
    if (!row || row.state !== 'completed') throw notFound()
    const object = await productionStorage().get(`${fileId}/${name}`)
    if (!object) throw notFound()

    const headers = headersFor(request, row, name, contentType)
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

function headersFor(request: RequestHead, row: FileRow, name: string, contentType: string) {
  const headers = new Headers({
    'content-type': contentType,
    'accept-ranges': 'bytes',
    etag: `"${row.sha256}-${name}"`,
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; media-src 'self'; sandbox",
  })
  if (new URL(request.url).searchParams.has('download'))
    headers.set('content-disposition', downloadName(row.prompt, name))
  return headers
}

function rangeOf(request: RequestHead, etag: string, sizeBytes: number) {
  const ifRange = request.headers.get('if-range')
  if (ifRange && ifRange !== etag) return undefined
  return parseRange(request.headers.get('range'), sizeBytes)
}
