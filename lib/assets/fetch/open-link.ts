import ipaddr from 'ipaddr.js'
import { type Dispatcher, request } from 'undici'
import { DownloadError } from './download-error.ts'
import { mayConnect } from './guarded-connect.ts'

export interface OpenLinkOptions {
  /** Guards the addresses, see `guardedConnect`. */
  dispatcher: Dispatcher
  /** Headers of ours, on every hop. */
  headers: Record<string, string>
  /** Headers for one hop alone, made again for each. */
  headersFor?: ((url: URL) => Record<string, string>) | undefined
  isLoopbackAllowed: boolean
  signal: AbortSignal
}

const maxRedirects = 5
const redirects = new Set([301, 302, 303, 307, 308])
const overStatuses = new Set([401, 403, 404, 410])
const passingStatuses = new Set([408, 425, 429])

/**
 * Opens a link and follows up to 5 redirects, each hop checked, given headers of its own and opened by https, whatever
 * it says, unless it may be one to this machine. The answer is a 200 or 206 with its body unread; everything else is a
 * `DownloadError`.
 */
export async function openLink(link: string, options: OpenLinkOptions) {
  let hop = hopOf(link, undefined, options.isLoopbackAllowed)
  for (let followed = 0; followed <= maxRedirects; followed++) {
    const answer = await ask(hop, options)
    if (answer.statusCode === 200 || answer.statusCode === 206) return answer
    answer.body.on('error', () => {}).destroy()
    const { location } = answer.headers
    if (!redirects.has(answer.statusCode) || typeof location !== 'string')
      throw refusal(hop, answer.statusCode)
    hop = hopOf(location, hop, options.isLoopbackAllowed)
  }
  throw new DownloadError('broken', `${nameOf(hop)}: more than ${maxRedirects} redirects`)
}

function hopOf(link: string, from: URL | undefined, isLoopbackAllowed: boolean) {
  const hop = URL.parse(link, from)
  if (!hop) throw new DownloadError('broken', `no URL${from ? `, given by ${nameOf(from)}` : ''}`)
  if (hop.protocol === 'http:' && !isOnThisMachine(hop, isLoopbackAllowed)) hop.protocol = 'https:'
  if (hop.protocol === 'https:' || hop.protocol === 'http:') return hop
  throw new DownloadError('blocked_address', `${nameOf(hop)} is not to be opened`)
}

/** Whether a hop is one to this machine, and may be. */
function isOnThisMachine({ hostname }: URL, isLoopbackAllowed: boolean) {
  const address = hostname.replaceAll(/[[\]]/g, '')
  if (ipaddr.isValid(address)) return mayConnect('http:', address, isLoopbackAllowed)
  return isLoopbackAllowed && hostname === 'localhost'
}

async function ask(hop: URL, { dispatcher, headers, headersFor, signal }: OpenLinkOptions) {
  const all = {
    'user-agent': 'photofinish',
    'accept-encoding': 'identity',
    ...headersFor?.(hop),
    ...headers,
  }
  try {
    return await request(hop, { dispatcher, headers: all, signal })
  } catch (error) {
    if (error instanceof DownloadError) throw error
    throw new DownloadError('unavailable', `${nameOf(hop)} does not answer`, error)
  }
}

function refusal(hop: URL, status: number) {
  const isPassing = status >= 500 || passingStatuses.has(status)
  const code = overStatuses.has(status) ? 'expired' : isPassing ? 'unavailable' : 'broken'
  return new DownloadError(code, `${nameOf(hop)} answered ${status}`)
}

function nameOf({ protocol, host, pathname }: URL) {
  return `${protocol}//${host}${pathname}`
}
