export interface SessionCookie {
  name: string
  /** As it is in the header. */
  value: string
}

// With the installation's id, as it is now; without one, as it was; with the prefix of an address over https.
const ours = /(?:^|;)\s*((?:__Secure-)?photofinish(?:-[0-9a-f]{8})?\.session_token)\s*=([^;]*)/g
// What is remembered on the way through a sign-in: a second factor to come, a device trusted, a provider's or a passkey's
// answer to come, a session for this visit only, and the visitor's session that the account takes over.
const ofSignIn =
  /(?:^|;)\s*((?:__Secure-)?photofinish-[0-9a-f]{8}\.(?:two_factor|trust_device|state|better-auth-passkey|dont_remember|former))\s*=([^;]*)/g
const valueMaxLength = 1_024
const cookiesAtMost = 32

/**
 * The session cookies in a `Cookie` header, of this installation and of others on the same host name, a few at most.
 * All other cookies are ignored, however many and long they are.
 */
export function sessionCookiesIn(header: string | null | undefined): SessionCookie[] {
  return cookiesIn(header, ours)
}

/** The cookies of a sign-in that is under way, or that was made before. */
export function signInCookiesIn(header: string | null | undefined): SessionCookie[] {
  return cookiesIn(header, ofSignIn)
}

function cookiesIn(header: string | null | undefined, names: RegExp) {
  const found: SessionCookie[] = []
  for (const [, name = '', given = ''] of (header ?? '').matchAll(names)) {
    const value = given.trim()
    if (value.length <= valueMaxLength) found.push({ name, value })
    if (found.length === cookiesAtMost) break
  }
  return found
}

/** Whether a cookie, as `name=value`, is a session of this installation or of another one. */
export function isSessionCookie(cookie: string) {
  return /^\s*(?:__Secure-)?photofinish(?:-[0-9a-f]{8})?\.session_(?:token|data)(?:\.\d+)?\s*=/.test(
    cookie,
  )
}

export interface CookieAttributes {
  maxAge?: number | undefined
  path?: string | undefined
  secure?: boolean | undefined
}

/** The `Set-Cookie` line that gives a cookie a name of this installation. */
export function setCookieLine(name: string, value: string, attributes: CookieAttributes) {
  const { maxAge, path = '/', secure } = attributes
  const age = maxAge === undefined ? '' : `; Max-Age=${maxAge}`
  return `${name}=${value}${age}; Path=${path}; HttpOnly${secure ? '; Secure' : ''}; SameSite=Lax`
}
