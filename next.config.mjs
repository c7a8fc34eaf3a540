import { randomUUID } from 'node:crypto'
import { PHASE_DEVELOPMENT_SERVER, PHASE_PRODUCTION_BUILD } from 'next/constants.js'
import { basePathRule, readBasePath } from './lib/contract/calls/base-path.ts'

/** @returns {import('next').NextConfig} */
export default function config(/** @type {string} */ phase) {
  const basePath = readBasePath(process.env.BASE_PATH)
  if (basePath === undefined) throw new Error(`BASE_PATH: ${basePathRule}`)
  // The workers of a build inherit it. Every answer names its build, so that an older page can offer a reload.
  if (phase === PHASE_PRODUCTION_BUILD) process.env.PHOTOFINISH_BUILD ??= randomUUID()
  const build = process.env.PHOTOFINISH_BUILD ?? null
  return {
    basePath,
    generateBuildId: () => build,
    // Built into the pages: `base-path.ts` and `build.ts` in `lib/contract/calls` read them there.
    env: { BASE_PATH: basePath, BUILD: build ?? '' },
    poweredByHeader: false,
    reactStrictMode: true,
    // Pages and the answers of routes are compressed. Streams, polls and media are not: the front door sends them itself.
    compress: true,
    // Types are checked by `npm run check`; a build on the operator's machine need not do it again.
    typescript: { ignoreBuildErrors: true },
    serverExternalPackages: ['pg', 'pg-boss', 'pino', 'better-auth', 'drizzle-orm'],
    // Fetches and decodes what any visitor names, so the front door refuses its address as well.
    images: { unoptimized: true },
    allowedDevOrigins: ['127.0.0.1', 'localhost'],
    headers: async () => [
      {
        source: '/:path*',
        headers: [
          { key: 'X-Content-Type-Options', value: 'nosniff' },
          { key: 'Referrer-Policy', value: 'same-origin' },
          { key: 'X-Frame-Options', value: 'DENY' },
        ],
      },
      {
        // The API has no pages, and its media bring a stricter policy of their own.
        source: '/((?!api/).*)',
        headers: [
          {
            key: 'Content-Security-Policy',
            value: contentSecurityPolicy(phase === PHASE_DEVELOPMENT_SERVER),
          },
        ],
      },
    ],
  }
}

/**
 * A page connects to this server only: what gets into it (a link of a language model, a prompt) can neither load nor
 * send anything elsewhere. Next writes inline scripts; its development server evaluates strings and has a socket.
 */
function contentSecurityPolicy(/** @type {boolean} */ isDev) {
  const policy = {
    'default-src': "'self'",
    'script-src': `'self' 'unsafe-inline'${isDev ? " 'unsafe-eval'" : ''}`,
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
