import { createHash, timingSafeEqual } from 'node:crypto'
import { notFound } from './problem-response.ts'
import { isIP } from 'node:net'
import { env } from '../env.ts'
import { AppError } from '../errors.ts'

/**
 * Throws where a request came by a name that is not this installation's. A page of another site can have its own name
 * lead here, and is then "the same site" to a browser: only the name tells. Addresses cannot be made to lead elsewhere,
 * so they are all right as they are.
 */
export function assertOwnHost(request: RequestHead, known: Known = env()) {
  if (isOwnHost(request, known)) return
  const name = hostnameOf(request)
  const setPublicUrl = known.PUBLIC_URL
    ? ''
    : 'set PUBLIC_URL to the address this studio has outside, or '
  throw new AppError('host_not_allowed', {
    userMessage:
      `This studio does not know itself by the name "${name}", and does nothing that is asked for there. ` +
      `Its operator can ${setPublicUrl}add the name to ALLOWED_HOSTS.`,
  })
}

/** Whether a request came by a name of this installation, or by an address. */
export function isOwnHost(request: RequestHead, { PUBLIC_URL, ALLOWED_HOSTS }: Known = env()) {
  const name = hostnameOf(request)
  const isKnown =
    name === (PUBLIC_URL && new URL(PUBLIC_URL).hostname) || ALLOWED_HOSTS.includes(name)
  return isKnown || isLoopbackName(name) || isIP(name.replace(/^\[|\]$/g, '')) > 0
}

type Known = Pick<ReturnType<typeof env>, 'PUBLIC_URL' | 'ALLOWED_HOSTS'>

/** Without port and the dot that a full name may end with; as it came where it is none. */
function hostnameOf({ url, headers }: RequestHead) {
  const host = headers.get('host') ?? new URL(url).host
  const address = `http://${host}`
  return URL.canParse(address) ? new URL(address).hostname.replace(/\.$/, '') : host
}

function isLoopbackName(name: string) {
  return name === 'localhost' || name.endsWith('.localhost')
}

/** Throws `not_found` unless the request carries the operator's token; also where the operator has set none. */
export function assertMetricsToken({ headers }: Pick<RequestHead, 'headers'>) {
  const { METRICS_TOKEN } = env()
  const given = headers.get('authorization') ?? ''
  if (!METRICS_TOKEN || !timingSafeEqual(digest(given), digest(`Bearer ${METRICS_TOKEN}`)))
    throw notFound()
}

function digest(text: string) {
  return createHash('sha256').update(text).digest()
}

/** What our own handlers read of a request. A web `Request` is one, and ten times as costly to make. */
export type RequestHead = Pick<Request, 'method' | 'url' | 'headers'>
