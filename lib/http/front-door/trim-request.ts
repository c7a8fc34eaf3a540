import type { IncomingMessage } from 'node:http'
import { chosenLocale, localeCookie } from '#lib/messages/locales'
import { sessionCookiesIn, signInCookiesIn } from '../../people/session-cookies.ts'
import { shareCookiesIn } from '../share/share-cookie.ts'
import { keyOfRequest } from '../../people/keys/bearer.ts'

const agentMaxLength = 256
export const headerMaxLength = 4_096

// All that Next reads of a request for a page or one of its files.
const neededByPages = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'connection',
  'content-length',
  'content-type',
  'cookie',
  'host',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'next-router-prefetch',
  'next-router-segment-prefetch',
  'next-router-state-tree',
  'next-url',
  'origin',
  'purpose',
  'range',
  'referer',
  'rsc',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
])

// What our own handlers read besides.
const neededByApi = new Set([
  'authorization',
  'idempotency-key',
  'last-event-id',
  'x-webhook-signature',
  'x-webhook-timestamp',
])

/** Whether anything here reads a header. Proxies add others, and long ones: client certificates, tokens of a sign-in. */
export function isRead(name: string) {
  return neededByPages.has(name) || neededByApi.has(name)
}

/**
 * Takes away what nothing of ours needs before Next sees it: cookies of other sites, all but the beginning of the
 * `User-Agent`, which Next searches slowly, long headers that nothing reads, and every header of a page's request that no
 * page reads.
 */
export function trimRequest({ url = '/', headers }: Pick<IncomingMessage, 'url' | 'headers'>) {
  // A request with an API key is the key's alone.
  const given = { get: (name: string) => headers[name]?.toString() ?? null }
  if (keyOfRequest({ headers: given }) !== undefined) delete headers.cookie
  const locale = chosenLocale(headers.cookie)
  const ours = [
    ...sessionCookiesIn(headers.cookie),
    ...signInCookiesIn(headers.cookie),
    ...shareCookiesIn(headers.cookie),
  ]
  const cookies = ours.map(({ name, value }) => `${name}=${value}`)
  if (locale) cookies.push(`${localeCookie}=${locale}`)
  if (cookies.length === 0) delete headers.cookie
  else headers.cookie = cookies.join('; ')
  const agent = headers['user-agent']
  if (agent) headers['user-agent'] = agent.slice(0, agentMaxLength)
  const isApi = url.startsWith('/api/')
  for (const [name, value] of Object.entries(headers)) {
    const isKept = isApi
      ? isRead(name) || String(value).length <= headerMaxLength
      : neededByPages.has(name) || name.startsWith('next-hmr')
    if (!isKept) delete headers[name]
  }
}
