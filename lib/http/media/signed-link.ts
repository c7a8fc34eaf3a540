import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { env } from '../../env.ts'
import type { GenerationRow } from '../../generations/row.ts'
import { authSecret } from '../../people/kept-secret.ts'
import { studioAddress } from '../../people/studio-address.ts'
import { askedHost } from '../own-page.ts'
import type { RequestHead } from '../request-guards.ts'

// A week: long enough for a program that looks the next day, short enough for a link that is found in an old log.
const usualSeconds = 7 * 24 * 60 * 60

type Linked = Pick<GenerationRow, 'id' | 'state' | 'asset' | 'deletedAt'>

export interface LinkOptions {
  /** Where the link leads. Default: where browsers see the studio. */
  studio?: string
  /** How long it holds. Default a week. */
  seconds?: number
  now?: Date
}

/**
 * A link to the bytes of a finished video that needs no session: for a chat, a webhook, a program without cookies. It is
 * for these bytes alone, holds until its time is over or the video is deleted, and tells nothing of its owner. Null for a
 * video that is not there.
 */
export function signedVideoLink(row: Linked, options: LinkOptions = {}): string | null {
  const { studio = studioAddress(), seconds = usualSeconds, now = new Date() } = options
  if (row.deletedAt || row.state !== 'completed' || !row.asset) return null
  const { storageKey, sha256 } = row.asset
  const until = Math.floor(now.getTime() / 1000) + seconds
  const signature = signatureOf({ path: storageKey, sha256, until })
  return `${studio}/api/media/${storageKey}?until=${until}&signature=${signature}`
}

/** Whether an address is a link of ours to these bytes, and its time is not over. */
export function isSignedLink(
  url: string,
  medium: { key: string; sha256: string | null },
  now = new Date(),
) {
  const { searchParams } = new URL(url)
  const until = searchParams.get('until') ?? ''
  const given = Buffer.from(searchParams.get('signature') ?? '')
  if (!/^\d{1,12}$/.test(until) || Number(until) * 1000 <= now.getTime()) return false
  const { key: path, sha256 } = medium
  const right = Buffer.from(signatureOf({ path, sha256, until: Number(until) }))
  return given.length === right.length && timingSafeEqual(given, right)
}

/** Whether an address is meant to be a signed link. */
export function bringsSignature(url: string) {
  return new URL(url).searchParams.has('signature')
}

/** The whole address of the studio for who asks: `PUBLIC_URL`, else the name that the request came by. */
export function addressAskedAt(request: RequestHead): string {
  const { PUBLIC_URL, BASE_PATH, TRUST_PROXY } = env()
  if (PUBLIC_URL) return PUBLIC_URL
  const told = TRUST_PROXY > 0 ? request.headers.get('x-forwarded-proto') : null
  const scheme = told?.split(',').at(-1)?.trim() === 'https' ? 'https' : 'http'
  return `${scheme}://${askedHost(request, env())}${BASE_PATH}`
}

function signatureOf({
  path,
  sha256,
  until,
}: {
  path: string
  sha256: string | null
  until: number
}) {
  // A key of its own: what is signed here is nothing where sessions are signed.
  const key = hkdfSync('sha256', authSecret(), '', 'signed media links', 32)
  const text = `${path}\n${sha256}\n${until}`
  return createHmac('sha256', Buffer.from(key)).update(text).digest('base64url')
}
