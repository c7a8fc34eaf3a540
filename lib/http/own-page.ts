import { message } from '#lib/messages/message'
import { isIP } from 'node:net'
import { env } from '../env.ts'
import { AppError } from '../errors.ts'
import { log } from '../log.ts'
import { processWide } from '../process-wide.ts'
import type { RequestHead } from './request-guards.ts'

type Known = Pick<ReturnType<typeof env>, 'PUBLIC_URL' | 'ALLOWED_HOSTS'> & {
  TRUST_PROXY?: number
}

/**
 * Throws where a request that changes something comes from a page of another site, which must not spend or delete with
 * the user's cookie, or by a name that is not this installation's. The browser says which page asks: `Sec-Fetch-Site`
 * where it sends that, else `Origin`. A page at `PUBLIC_URL`, or at a name of `ALLOWED_HOSTS`, is our own whatever `Host`
 * says: a proxy may not pass that on. Programs send neither header.
 */
export function assertOwnPage(request: RequestHead, known: Known = env()) {
  const { method, headers } = request
  const asked = askedHost(request, known)
  const site = headers.get('sec-fetch-site')
  const given = headers.get('origin')
  const origin = given !== null && URL.canParse(given) ? new URL(given) : undefined
  const isForeign = site
    ? site !== 'same-origin' && site !== 'none'
    : given !== null && !(origin && isOwnOrigin(origin, asked, known))
  if (!isForeign && origin && isKnownOrigin(origin, asked, known)) return
  if (!isForeign || site || !origin) assertKnownName(asked, isForeign ? undefined : origin, known)
  if (!isForeign) return
  throw new AppError('cross_site_request', {
    userMessage: site || !origin ? otherSite : unknownAddress(origin, asked, known),
    logMessage: `cross-site ${method} from ${given}`,
  })
}

/**
 * Throws where a request came by a name that is not this installation's. A page of another site can have its own name
 * lead here, and is then "the same site" to a browser: only the name tells. Addresses cannot be made to lead elsewhere,
 * so they are all right as they are.
 */
export function assertOwnHost(request: RequestHead, known: Known = env()) {
  assertKnownName(askedHost(request, known), undefined, known)
}

/** Whether a request came by a name of this installation, or by an address. */
export function isOwnHost(request: RequestHead, known: Known = env()) {
  return isKnownName(nameIn(askedHost(request, known)), known)
}

function isKnownName(name: string, known: Known) {
  return isOwnName(name, known) || isLoopbackName(name) || isIP(name.replace(/^\[|\]$/g, '')) > 0
}

function assertKnownName(asked: string, origin: URL | undefined, known: Known) {
  const name = nameIn(asked)
  if (isKnownName(name, known)) return
  throw new AppError('host_not_allowed', {
    userMessage:
      origin && nameOf(origin) !== name
        ? unknownAddress(origin, asked, known)
        : message(known.PUBLIC_URL ? 'errors.unknownHost' : 'errors.unknownHostNoUrl', { name }),
  })
}

const otherSite = message('errors.otherSite')
const originsToldAtMost = 20

/** The refusal of a page that may well be ours, behind a proxy that says nothing of its name; the log tells it once. */
function unknownAddress(page: URL, asked: string, known: Known) {
  const { origin, hostname: host } = page
  const told = processWide('unknown-addresses-told', () => new Set<string>())
  const ways = waysOut(page, asked, known)
  if (!told.has(origin) && told.size < originsToldAtMost) {
    told.add(origin)
    log().warn({ origin }, `a page at an unknown address is refused. If it is this studio: ${ways}`)
  }
  const { PUBLIC_URL: publicUrl } = known
  if (isPortLost(page, asked)) return message('errors.unknownPort', { origin })
  return publicUrl
    ? message('errors.unknownAddress', { origin, host, publicUrl })
    : message('errors.unknownAddressNoUrl', { origin, host })
}

/** The same name: nginx passes it on without its port with `$host`. Then a name in `ALLOWED_HOSTS` is no help. */
function isPortLost(page: URL, asked: string) {
  return nameOf(page) === nameIn(asked)
}

function waysOut(page: URL, asked: string, { PUBLIC_URL }: Known) {
  const set = `set PUBLIC_URL to ${page.origin}` + (PUBLIC_URL ? ` (it is ${PUBLIC_URL})` : '')
  if (isPortLost(page, asked))
    return `have the proxy pass the Host header on with its port (in nginx $http_host, not $host), or ${set}`
  return `have the proxy pass the Host header on, ${set}, or add ${page.hostname} to ALLOWED_HOSTS`
}

function isOwnOrigin(origin: URL, asked: string, known: Known) {
  const host = `${origin.protocol}//${asked}`
  const isSame = URL.canParse(host) && hostOf(new URL(host)) === hostOf(origin)
  return isSame || isKnownOrigin(origin, asked, known)
}

/**
 * Whether a page's address is among those the operator has named. A name of `ALLOWED_HOSTS` has no port: where `Host` is
 * passed on with the same name, its port decides, since another one may serve another site.
 */
function isKnownOrigin(origin: URL, asked: string, { PUBLIC_URL, ALLOWED_HOSTS }: Known) {
  if (PUBLIC_URL && hostOf(new URL(PUBLIC_URL)) === hostOf(origin)) return true
  return ALLOWED_HOSTS.includes(nameOf(origin)) && nameOf(origin) !== nameIn(asked)
}

function isOwnName(name: string, { PUBLIC_URL, ALLOWED_HOSTS }: Known) {
  return name === (PUBLIC_URL && nameOf(new URL(PUBLIC_URL))) || ALLOWED_HOSTS.includes(name)
}

/** The name and port a request was sent to: as the outermost trusted proxy says, else as `Host` does. */
export function askedHost({ url, headers }: RequestHead, { TRUST_PROXY = 0 }: Known) {
  const forwarded = headers.get('x-forwarded-host')?.split(',') ?? []
  const told = TRUST_PROXY > 0 ? forwarded.at(-Math.min(TRUST_PROXY, forwarded.length)) : undefined
  return told?.trim() || (headers.get('host') ?? new URL(url).host)
}

/** As it came where it is no name. */
function nameIn(host: string) {
  const address = `http://${host}`
  return URL.canParse(address) ? nameOf(new URL(address)) : host
}

/** Without port and the dot that a full name may end with. */
function nameOf({ hostname }: URL) {
  return hostname.replace(/\.$/, '')
}

function hostOf(url: URL) {
  return `${nameOf(url)}:${url.port}`
}

function isLoopbackName(name: string) {
  return name === 'localhost' || name.endsWith('.localhost')
}
