import { randomUUID } from 'node:crypto'
import createNextIntlPlugin from 'next-intl/plugin'
import { PHASE_PRODUCTION_BUILD } from 'next/constants.js'
import { basePathRule, readBasePath } from './lib/contract/calls/base-path.ts'

const withMessages = createNextIntlPlugin('./lib/messages/request.ts')

const experimental = {
  // A build on an operator's machine is rare, and writing what only the next one reads costs a third of its time.
  turbopackFileSystemCacheForBuild: false,
  // Nothing reads those of the server: 170 MB of what a build holds.
  turbopackSourceMaps: false,
  // A few large files in place of a dozen: each costs half a kilobyte of headers and is compressed on its own.
  turbopackChunking: { minChunkSize: 1_000_000, maxMergeChunkSize: 4_000_000 },
}

/** @returns {import('next').NextConfig} */
export default function config(/** @type {string} */ phase) {
  const basePath = readBasePath(process.env.BASE_PATH)
  if (basePath === undefined) throw new Error(`BASE_PATH: ${basePathRule}`)
  // The workers of a build inherit it. Every answer names its build, so that an older page can offer a reload.
  if (phase === PHASE_PRODUCTION_BUILD) process.env.PHOTOFINISH_BUILD ??= randomUUID()
  const build = process.env.PHOTOFINISH_BUILD ?? null
  return withMessages({
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
    turbopack: {
      rules: {
        '*.json': {
          condition: { path: /lib\/messages\/\w+\.json$/ },
          loaders: ['./scripts/compile-messages.mjs'],
          as: '*.json',
        },
      },
      // What formats compiled messages, in place of what reads them first.
      resolveAlias: {
        'use-intl/format-message':
          './node_modules/use-intl/dist/esm/production/format-message/format-only.js',
      },
    },
    experimental,
    serverExternalPackages: [
      'pg',
      'pg-boss',
      'pino',
      'better-auth',
      'drizzle-orm',
      'stripe',
      'inngest',
    ],
    // Fetches and decodes what any visitor names, so the front door refuses its address as well.
    images: { unoptimized: true },
    allowedDevOrigins: ['127.0.0.1', 'localhost'],
    // What every answer carries is the front door's matter, and so is the policy of pages, which has a nonce.
    headers: async () => [
      {
        // What pages load needs none of them: a dozen scripts carry 5 KB less.
        source: '/:path((?!_next/static/).*)',
        headers: [
          { key: 'Referrer-Policy', value: 'same-origin' },
          { key: 'X-Frame-Options', value: 'DENY' },
        ],
      },
    ],
  })
}
