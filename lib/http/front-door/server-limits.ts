import type { ServerOptions } from 'node:http'

/** How long the server waits for a connection, and how much of a head it reads. */
export const serverLimits = {
  // Longer than proxies keep an idle connection (nginx 60 s, Caddy 120 s): else they may reuse one that we are closing.
  keepAliveTimeout: 130_000,
  // For the head alone, and longer than the above, with which old versions of Node mixed it up.
  headersTimeout: 135_000,
  // No end by the clock: a body ends where it falls silent (end-silence.ts), and a slow line is not silent.
  requestTimeout: 0,
  // Cookies of others on this host name come along; the front door picks ours and bounds every other header.
  maxHeaderSize: 64 * 1024,
} satisfies ServerOptions
