import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Gives what Next answers its policy, also where it only says that there is no such route: a page connects to this
 * server only, and runs no script in it that lacks this answer's nonce. So what gets into a page (a link of a language
 * model, a prompt) can neither run, load nor send anything. Next reads the nonce from the request's header of that name,
 * and the layout from `x-nonce`.
 */
export function securePage(request: IncomingMessage, response: ServerResponse, isDev: boolean) {
  // What a page loads has no policy of its own: the page's holds.
  if (request.url?.startsWith('/_next/static/')) return
  const nonce = randomBytes(16).toString('base64')
  const policy = pagePolicy(nonce, isDev)
  request.headers['x-nonce'] = nonce
  request.headers['content-security-policy'] = policy
  response.setHeader('content-security-policy', policy)
}

/** React sets style attributes; Next's development server evaluates strings and has a socket. */
function pagePolicy(nonce: string, isDev: boolean) {
  const policy = {
    'default-src': "'self'",
    'script-src': `'self' 'nonce-${nonce}'${isDev ? " 'unsafe-eval'" : ''}`,
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' blob: data:",
    'media-src': "'self' blob:",
    'connect-src': `'self'${isDev ? ' ws:' : ''}`,
    'object-src': "'none'",
    'base-uri': "'self'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  }
  return Object.entries(policy)
    .map((directive) => directive.join(' '))
    .join('; ')
}
