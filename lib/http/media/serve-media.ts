import { mediaTypeOf } from '#lib/contract/generation'
import { findGeneration, findShown } from '../../generations/queries.ts'
import type { GenerationAsset, GenerationRow } from '../../generations/row.ts'
import { findUploads } from '../../assets/assets.ts'
import { posterOf } from '../../assets/poster.ts'
import { productionStorage } from '../../assets/storage/production-storage.ts'
import { downloadName } from './download-name.ts'
import { matchesEtag } from '../etag.ts'
import { isFileId } from '../../ids.ts'
import { notFound, problemResponse } from '../problem-response.ts'
import { parseRange } from './parse-range.ts'
import { bringsSignature, isSignedLink } from './signed-link.ts'
import type { RequestHead } from '../request-guards.ts'
import { withSession } from '../with-session.ts'

/** What is drawn of a film is next to it. */
const pictures: ReadonlySet<string> = new Set(['poster.jpg', 'filmstrip.jpg'])
/** The poster of now, whichever that is: for those who know the id alone. */
const posterNow = 'poster'

/** What there is of a video or a picture, besides its bytes. */
export interface Medium {
  /** Where the bytes are stored. */
  key: string
  contentType: string
  sha256: string | null
  /** What a download is named after. */
  title: string
  /** Another object may be at the same address later: it is asked for each time. */
  isReplaced?: boolean
}

/**
 * `GET /api/media/<id>/<name>`: the bytes of a finished video, its poster or its filmstrip, or of an uploaded
 * picture (`source`, with or without its extension), to the owner, or to one with a signed link to a video. Serves ranges
 * (206, 416) and 304; an object never changes, so the owner's browser may keep it. `poster` is the poster of now, which is
 * asked for each time. `?download=1` names the file after its
 * prompt.
 */
export async function serveMedia(request: RequestHead, id: string, name: string) {
  const linked = await findLinked(request, id, name).catch((error: unknown) =>
    problemResponse(error, request),
  )
  return linked ?? serveOwned(request, id, name)
}

const serveOwned = withSession(
  async (request: RequestHead, { ownerId }, id: string, name: string) => {
    const medium = await findOwnedMedium(ownerId, id, name)
    if (!medium) throw notFound()
    return bytesOf(request, medium, headersFor(request, medium))
  },
)

/** What a signed link leads to; undefined for any other address, and for a link that does not hold. */
async function findLinked(request: RequestHead, id: string, name: string) {
  if (!bringsSignature(request.url) || !isFileId(id)) return undefined
  const row = await findGeneration(id)
  if (!row || row.deletedAt) return undefined
  const medium = videoOf(row, name)
  if (!medium || !isSignedLink(request.url, medium)) return undefined
  // Its holder may not be the owner: the words of the prompt are not for everyone who has a link.
  const headers = headersFor(request, { ...medium, title: mediaTypeOf(row) })
  for (const [header, value] of Object.entries(headersOfLinks)) headers.set(header, value)
  headers.delete('vary')
  return bytesOf(request, medium, headers)
}

/** A link is played on pages of other sites too, and asked for each time: once the video is deleted it is over. */
export const headersOfLinks = {
  'cache-control': 'private, no-cache',
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'accept-ranges, content-length, content-range, etag',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
}

/** The bytes of a medium, or the ranges of it that are asked for. */
export async function bytesOf(request: RequestHead, medium: Medium, headers: Headers) {
  const object = await productionStorage().get(medium.key)
  if (!object) throw notFound()
  const etag = headers.get('etag')!
  if (matchesEtag(request.headers.get('if-none-match'), etag))
    return new Response(null, { status: 304, headers })
  const range = rangeOf(request, etag, object.sizeBytes)
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
}

async function findOwnedMedium(
  ownerId: string,
  id: string,
  name: string,
): Promise<Medium | undefined> {
  if (/^(?:image|video)_/.test(id)) return findOwnedUpload(ownerId, id, name)
  const row = await findShown(ownerId, id)
  return row && videoOf(row, name)
}

function videoOf(row: GenerationRow, name: string): Medium | undefined {
  if (!row.asset || row.state !== 'completed') return undefined
  const { id, asset } = row
  const { storageKey, contentType, sha256 } = asset
  const medium = { key: `${id}/${name}`, sha256, title: row.prompt }
  if (medium.key === storageKey) return { ...medium, contentType }
  return drawnOf(asset, id, name, medium)
}

/** What is drawn of a film, by its name; a chosen poster for as long as it is the poster. */
function drawnOf(
  asset: Pick<GenerationAsset, 'hasPoster' | 'posterName'>,
  id: string,
  name: string,
  facts: Pick<Medium, 'sha256' | 'title'>,
): Medium | undefined {
  const isReplaced = name === posterNow
  const object = isReplaced ? posterOf(asset) : name
  if (object === null || (!pictures.has(object) && object !== asset.posterName)) return undefined
  return { ...facts, key: `${id}/${object}`, contentType: 'image/jpeg', isReplaced }
}

async function findOwnedUpload(
  ownerId: string,
  id: string,
  name: string,
): Promise<Medium | undefined> {
  const [upload] = await findUploads(ownerId, [id])
  if (!upload) return undefined
  const { storageKey: key, contentType, sha256, kind } = upload
  const title = upload.name?.replace(/\.[^.]*$/, '') ?? kind
  const drawn = kind === 'video' && drawnOf(upload, id, name, { sha256, title })
  if (drawn) return drawn
  const isIts = name === 'source' || key === `${id}/${name}`
  return isIts ? { key, contentType, sha256, title } : undefined
}

export function headersFor(request: RequestHead, medium: Medium) {
  // Of the object and not of the address: `source` and `poster` lead to what has a name of its own.
  const name = medium.key.slice(medium.key.lastIndexOf('/') + 1)
  const headers = new Headers({
    'content-type': medium.contentType,
    'accept-ranges': 'bytes',
    etag: `"${medium.sha256}-${name}"`,
    'cache-control': medium.isReplaced
      ? 'private, no-cache'
      : 'private, max-age=31536000, immutable',
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
