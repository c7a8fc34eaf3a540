import { message } from '#lib/messages/message'
import { createHash } from 'node:crypto'
import type { MediaType } from '#lib/contract/generation'
import { invalidField } from '../errors.ts'
import { type ListOptions, listGenerations, listVersions } from '../generations/queries.ts'
import { fileViewOf } from '../generations/view.ts'
import { matchesEtag } from './etag.ts'
import type { RequestHead } from './request-guards.ts'
import { jsonAnswer } from './whole-answer.ts'
import { assertNotMoved, withSession } from './with-session.ts'

const limitDefault = 24
const limitMax = 100

/**
 * `GET /api/file`: the user's videos and images, newest first, a page at a time; `?status=pending` only those that are
 * not finished, `?kind=image` only images, `?kind=video` all but these. The ETag stands for the ids and versions of the page, so a page that is as it was costs one look into an
 * index and a 304. The place in a queue is no part of the version: `GET /api/file/<id>` tells it.
 */
export const listFiles = withSession(async (request: RequestHead, session) => {
  const options = optionsOf(new URL(request.url), session.ownerId)
  const headers = { 'cache-control': 'private, no-store' }
  const known = request.headers.get('if-none-match')
  if (known) {
    const etag = etagOf(await listVersions(options))
    if (matchesEtag(known, etag))
      return new Response(null, { status: 304, headers: { ...headers, etag } })
  }
  const page = await listGenerations(options)
  if (page.rows.length === 0) await assertNotMoved(session)
  const body = { files: page.rows.map(fileViewOf), nextCursor: page.nextCursor }
  return jsonAnswer(body, { ...headers, etag: etagOf(page) })
})

/** The kind an address asks for; undefined where it asks for all. */
export function kindIn({ searchParams }: URL): MediaType | undefined {
  const kind = searchParams.get('kind') ?? undefined
  if (kind !== undefined && kind !== 'video' && kind !== 'image')
    throw invalidField('kind', message('request.chooseOf', { options: 'video, image' }))
  return kind
}

function optionsOf(url: URL, ownerId: string): ListOptions {
  const { searchParams } = url
  const status = searchParams.get('status') ?? undefined
  if (status !== undefined && status !== 'pending')
    throw invalidField('status', message('request.statusFilter'))
  const limit = Math.min(Number(searchParams.get('limit')) || limitDefault, limitMax)
  const cursor = searchParams.get('cursor') ?? undefined
  return { ownerId, status, kind: kindIn(url), cursor, limit: Math.max(1, Math.trunc(limit)) }
}

interface Versions {
  rows: { id: string; version: number }[]
  nextCursor: string | null
}

function etagOf({ rows, nextCursor }: Versions) {
  const words = [...rows.map(({ id, version }) => `${id}:${version}`), nextCursor].join()
  return `"${createHash('sha256').update(words).digest('base64url').slice(0, 22)}"`
}
