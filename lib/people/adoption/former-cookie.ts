import { createHmac, timingSafeEqual } from 'node:crypto'
import { type CookieAttributes, setCookieLine } from '../session-cookies.ts'
import { authSecret, installationId } from '../kept-secret.ts'

// What is kept says only who this browser was: it is no way into anything, and means nothing without the account's own
// session. Long enough for a browser that loses its connection right after the sign-in.
const maxAgeSeconds = 30 * 24 * 60 * 60
// Pages that were open before the sign-in learn from it that the account is theirs.
const usefulMs = 60 * 60 * 1000

/** Who a browser was before it signed in to an account. */
export interface Former {
  visitorId: string
  /** Whether the pages that were open then have long learned it. */
  isOld: boolean
}

/** The `Set-Cookie` line by which a browser tells, with the account's session, that it was this visitor. */
export function formerCookieLine(visitorId: string, accountId: string, form: CookieAttributes) {
  const told = `${visitorId}.${Date.now().toString(36)}`
  const value = `${told}.${signature(told, accountId)}`
  return setCookieLine(nameFor(form), value, { ...form, maxAge: maxAgeSeconds })
}

export function noFormerCookieLine(form: CookieAttributes) {
  return setCookieLine(nameFor(form), '', { ...form, maxAge: 0 })
}

/** Whom a browser that is signed in to this account was, by its `Cookie` header; undefined where it does not say. */
export function formerIn(
  header: string | null | undefined,
  accountId: string,
  form: CookieAttributes,
): Former | undefined {
  const start = `${nameFor(form)}=`
  const found = header?.split(';').find((cookie) => cookie.trimStart().startsWith(start))
  const [visitorId = '', signedAt = '', given = ''] =
    found?.trim().slice(start.length).split('.') ?? []
  if (!visitorId || !isSame(given, signature(`${visitorId}.${signedAt}`, accountId)))
    return undefined
  return { visitorId, isOld: Date.now() - parseInt(signedAt, 36) > usefulMs }
}

/** For this account alone: another one that signs in at the same browser adopts nothing by it. */
function signature(told: string, accountId: string) {
  return createHmac('sha256', authSecret())
    .update(JSON.stringify(['former', told, accountId]))
    .digest('base64url')
}

function isSame(a: string, b: string) {
  const [one, other] = [Buffer.from(a), Buffer.from(b)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function nameFor({ secure }: CookieAttributes) {
  return `${secure ? '__Secure-' : ''}photofinish-${installationId()}.former`
}
