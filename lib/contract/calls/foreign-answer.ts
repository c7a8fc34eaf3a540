import { type MessageRef, type Sentence, message } from '#lib/messages/message'
import { buildHeader } from './build.ts'

/** What is read of an answer that did not come from this studio's own routes. */
interface ForeignAnswer {
  /** 0 of a redirect that was not followed. */
  status: number
  type?: ResponseType
  redirected?: boolean
  headers: Headers
  /** Whether its body is a page and not data. */
  isPage: boolean
  /** How many bytes of a file went with the request. */
  sentBytes?: number | undefined
}

interface Meaning {
  detail: MessageRef
  code:
    | 'service_unavailable'
    | 'session_required'
    | 'payload_too_large'
    | 'headers_too_large'
    | 'rate_limited'
    | 'timeout'
    | 'not_possible_now'
  /** Whether the very same request may succeed later. */
  retryable: boolean
}

const signIn: Meaning = {
  detail: message('proxy.signIn'),
  code: 'session_required',
  retryable: true,
}

const portal: Meaning = {
  detail: message('proxy.portal'),
  code: 'service_unavailable',
  retryable: true,
}

const away: Meaning = {
  detail: message('proxy.away'),
  code: 'service_unavailable',
  retryable: true,
}

const failed: Meaning = {
  detail: message('proxy.failed'),
  code: 'service_unavailable',
  retryable: true,
}

const slow: Meaning = {
  detail: message('proxy.slow'),
  code: 'timeout',
  retryable: true,
}

const certificate: Meaning = {
  detail: message('proxy.certificate'),
  code: 'service_unavailable',
  retryable: false,
}

const tooLong: Meaning = {
  detail: message('proxy.tooLong'),
  code: 'headers_too_large',
  retryable: false,
}

const meanings: Record<number, Meaning> = {
  401: signIn,
  403: {
    detail: message('proxy.refused'),
    code: 'not_possible_now',
    retryable: false,
  },
  404: {
    detail: message('proxy.notPassed'),
    code: 'not_possible_now',
    retryable: false,
  },
  407: signIn,
  408: {
    detail: message('proxy.requestTimeout'),
    code: 'timeout',
    retryable: true,
  },
  414: tooLong,
  429: {
    detail: message('proxy.limited'),
    code: 'rate_limited',
    retryable: true,
  },
  431: tooLong,
  502: away,
  503: away,
  504: slow,
  511: portal,
  // Cloudflare's own.
  520: away,
  521: away,
  522: away,
  523: away,
  524: slow,
  525: certificate,
  526: certificate,
  530: away,
}

/**
 * What an answer means that no route of ours sent: a proxy's, a network's, or a broken one. None of its text is shown.
 */
export function meaningOf(answer: ForeignAnswer): Meaning {
  const { status, type, redirected, isPage } = answer
  const isRedirect =
    type === 'opaqueredirect' || redirected || [301, 302, 303, 307, 308].includes(status)
  if (isRedirect) return signIn
  if (status === 413) return tooLarge(answer)
  const known = meanings[status]
  if (known) return known
  if (status >= 200 && status < 300 && isPage) return portal
  if (status >= 500 && isPage && !answer.headers.has(buildHeader)) return failed
  if (status >= 400 && status < 500)
    return {
      detail: message('proxy.refusedStatus', { status: String(status) }),
      code: 'not_possible_now',
      retryable: false,
    }
  return {
    detail: message('proxy.unexpected'),
    code: 'service_unavailable',
    retryable: true,
  }
}

const sizeLimits: [server: RegExp, setting: Sentence][] = [
  [/nginx|openresty/i, 'client_max_body_size'],
  [/apache/i, 'LimitRequestBody'],
  [/caddy/i, message('proxy.caddyLimit')],
  [/cloudflare/i, message('proxy.cloudflareLimit')],
]

function tooLarge({ headers, sentBytes }: ForeignAnswer): Meaning {
  const server = headers.get('server') ?? ''
  const setting = sizeLimits.find(([name]) => name.test(server))?.[1] ?? message('proxy.everyLimit')
  return {
    detail: sentBytes
      ? message('proxy.fileTooLarge', { size: { bytes: sentBytes }, setting })
      : message('proxy.tooLarge', { setting }),
    code: 'payload_too_large',
    retryable: false,
  }
}
