import type { IncomingMessage } from 'node:http'
import { chosenLocale, localeCookie } from '#lib/messages/locales'
import { sessionCookiesIn } from '../../people/session-cookies.ts'

const agentMaxLength = 256

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

/**
 * Takes away what nothing of ours needs before Next sees it: cookies of other sites, all but the beginning of the
 * `User-Agent`, which Next searches slowly, and every header of a page's request that no page reads.
 */
export function trimRequest({ url = '/', headers }: Pick<IncomingMessage, 'url' | 'headers'>) {
  const locale = chosenLocale(headers.cookie)
  const cookies = sessionCookiesIn(headers.cookie).map(({ name, value }) => `${name}=${value}`)
  if (locale) cookies.push(`${localeCookie}=${locale}`)
  if (cookies.length === 0) delete headers.cookie
  else headers.cookie = cookies.join('; ')
  const agent = headers['user-agent']
  if (agent) headers['user-agent'] = agent.slice(0, agentMaxLength)
  if (url.startsWith('/api/')) return
  for (const name of Object.keys(headers))
    if (!neededByPages.has(name) && !name.startsWith('next-hmr')) delete headers[name]
}
