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
  detail: string
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
  detail:
    'The proxy in front of this studio asks for a sign-in. Reload this page, sign in, and try again.',
  code: 'session_required',
  retryable: true,
}

const portal: Meaning = {
  detail:
    'Another page answered instead of the studio, usually the sign-in of a network or of a proxy. Reload this page, sign in, and try again.',
  code: 'service_unavailable',
  retryable: true,
}

const away: Meaning = {
  detail:
    'The proxy in front of this studio cannot reach it. The studio may be restarting: try again in a moment.',
  code: 'service_unavailable',
  retryable: true,
}

const slow: Meaning = {
  detail:
    'The proxy in front of this studio gave up waiting for an answer. Try again in a moment; if it stays, its operator can raise the proxy’s timeouts.',
  code: 'timeout',
  retryable: true,
}

const certificate: Meaning = {
  detail:
    'The proxy in front of this studio does not accept its certificate. Its operator has to mend the TLS settings between the two.',
  code: 'service_unavailable',
  retryable: false,
}

const tooLong: Meaning = {
  detail:
    'The proxy in front of this studio refuses the address or the cookies of this request as too long. Its operator can raise the limit: large_client_header_buffers in nginx, LimitRequestFieldSize in Apache.',
  code: 'headers_too_large',
  retryable: false,
}

const meanings: Record<number, Meaning> = {
  401: signIn,
  403: {
    detail:
      'The proxy in front of this studio refused this request. Reload this page and sign in if it asks; otherwise its operator has to let the request through.',
    code: 'not_possible_now',
    retryable: false,
  },
  404: {
    detail:
      'The proxy in front of this studio does not pass this address on. Its operator has to pass on every address of the studio.',
    code: 'not_possible_now',
    retryable: false,
  },
  407: signIn,
  408: {
    detail:
      'The proxy in front of this studio gave up waiting for the request. Try again on a faster connection; its operator can raise the proxy’s timeouts.',
    code: 'timeout',
    retryable: true,
  },
  414: tooLong,
  429: {
    detail: 'The proxy in front of this studio limits requests. Wait a minute and try again.',
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
  if (status >= 400 && status < 500)
    return {
      detail: `The proxy in front of this studio refused this request (status ${status}). Its operator has to let it through.`,
      code: 'not_possible_now',
      retryable: false,
    }
  return {
    detail: 'The server gave an answer that cannot be understood. Try again in a moment.',
    code: 'service_unavailable',
    retryable: true,
  }
}

const sizeLimits: [server: RegExp, setting: string][] = [
  [/nginx|openresty/i, 'client_max_body_size'],
  [/apache/i, 'LimitRequestBody'],
  [/caddy/i, 'max_size in request_body'],
  [/cloudflare/i, 'the upload limit of the Cloudflare plan'],
]
const everyLimit =
  'client_max_body_size in nginx, LimitRequestBody in Apache, max_size in request_body in Caddy'

function tooLarge({ headers, sentBytes }: ForeignAnswer): Meaning {
  const server = headers.get('server') ?? ''
  const setting = sizeLimits.find(([name]) => name.test(server))?.[1] ?? everyLimit
  const what = sentBytes ? `files of ${megabytes(sentBytes)} MB` : 'requests of this size'
  return {
    detail: `The proxy in front of this studio refuses ${what}. Its operator can raise the limit: ${setting}.`,
    code: 'payload_too_large',
    retryable: false,
  }
}

function megabytes(bytes: number) {
  return Math.max(0.1, bytes / 1024 ** 2).toFixed(1)
}
