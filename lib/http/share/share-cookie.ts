import { createHmac, hash, hkdfSync, timingSafeEqual } from 'node:crypto'
import { withBasePath } from '#lib/contract/calls/base-path'
import type { ShareLink } from '../../assets/share/links.ts'
import { authSecret } from '../../people/kept-secret.ts'
import { setCookieLine } from '../../people/session-cookies.ts'
import { addressAskedAt } from '../media/signed-link.ts'
import type { RequestHead } from '../request-guards.ts'

// Long enough for an evening; then the password is asked for again.
const openSeconds = 6 * 60 * 60

type Locked = Pick<ShareLink, 'token' | 'passwordHash'>

/** Whether a link has no password, or this browser has given it within the last hours. */
export function isOpenTo({ headers }: Pick<RequestHead, 'headers'>, link: Locked) {
  if (link.passwordHash === null) return true
  const name = nameOf(link.token)
  const given = shareCookiesIn(headers.get('cookie')).find((one) => one.name === name)
  const [until = '', signature = ''] = given?.value.split('.') ?? []
  if (!/^\d{1,12}$/.test(until) || Number(until) * 1_000 <= Date.now()) return false
  const [sent, right] = [Buffer.from(signature), Buffer.from(signatureOf(link, until))]
  return sent.length === right.length && timingSafeEqual(sent, right)
}

/** The `Set-Cookie` lines after the right password: for the link's page and for its bytes, and for nothing else. */
export function openingCookies(request: RequestHead, link: Locked) {
  const until = String(Math.floor(Date.now() / 1_000) + openSeconds)
  const value = `${until}.${signatureOf(link, until)}`
  const secure = addressAskedAt(request).startsWith('https:')
  const paths = [withBasePath(`/s/${link.token}`), withBasePath(`/api/share/${link.token}`)]
  return paths.map((path) =>
    setCookieLine(nameOf(link.token), value, { maxAge: openSeconds, path, secure }),
  )
}

/** The cookies of shared links in a `Cookie` header, a few at most. */
export function shareCookiesIn(header: string | null | undefined) {
  const found = [...(header ?? '').matchAll(/(?:^|;)\s*(photofinish-share-[0-9a-f]{12})=([^;]*)/g)]
  return found
    .slice(0, 4)
    .map(([, name = '', value = '']) => ({ name, value: value.trim().slice(0, 128) }))
}

function nameOf(token: string) {
  return `photofinish-share-${hash('sha256', token).slice(0, 12)}`
}

/** Of this password: with another one, or none, it opens nothing. */
function signatureOf({ token, passwordHash }: Locked, until: string) {
  const key = hkdfSync('sha256', authSecret(), '', 'passwords of shared links', 32)
  const text = `${token}\n${passwordHash}\n${until}`
  return createHmac('sha256', Buffer.from(key)).update(text).digest('base64url')
}
