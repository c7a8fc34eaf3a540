/** @returns {import('next').NextConfig} */
export default function config() {
  return {
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
    // What every answer carries is the front door's matter, and so is the policy of pages, which has a nonce.
    headers: async () => [
      {
        source: '/:path*',
        headers: [
          { key: 'Referrer-Policy', value: 'same-origin' },
          { key: 'X-Frame-Options', value: 'DENY' },
        ],
      },
    ],
  }
}
