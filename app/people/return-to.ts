import { withBasePath } from '#lib/contract/calls/base-path'
import { forgetOwnFollowed } from '#lib/delivery/followed'

const home = '/tools/video-generator'
/** Only there to read an address against; no page is under this name. */
const studio = 'http://studio.invalid'

/** Where to go after a sign-in, as the address names it: a page of this studio, by default the video generator. */
export function returnTo(next: unknown): string {
  if (typeof next !== 'string' || !URL.canParse(next, studio)) return home
  const { origin, pathname, search, hash } = new URL(next, studio)
  // `/.//name` and the like are paths that a browser would read as another site.
  const isOwn = origin === studio && next.startsWith('/') && !pathname.startsWith('//')
  return isOwn && !pathname.startsWith('/sign-') ? pathname + search + hash : home
}

/** The address of the sign-in that comes back to this page. */
export function signInFor(path: string) {
  return `/sign-in?${new URLSearchParams({ next: path })}`
}

/**
 * Goes on as another account: the page is loaded again, so that nothing on it is of the account before. What is typed
 * in the studio is kept over that.
 */
export function leaveFor(path: string): 'leaving' {
  location.assign(withBasePath(path))
  return 'leaving'
}

/** The same where the work of the account stays behind: it signs out, or works for another owner. */
export function leaveWorkFor(path: string) {
  forgetOwnFollowed()
  return leaveFor(path)
}
