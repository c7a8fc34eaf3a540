import type { ServerOptions } from 'node:http'

/** How long the server waits for a connection, and how much of a head it reads. */
const serverLimits = {
  // Longer than proxies keep an idle connection (nginx 60 s, Caddy 120 s): else they may reuse one that we are closing.
  keepAliveTimeout: 130_000,
  // For the head alone, and longer than the above, with which old versions of Node mixed it up.
  headersTimeout: 135_000,
  // No end by the clock: a body ends where it falls silent (end-silence.ts), and a slow line is not silent.
  requestTimeout: 0,
  // Cookies of others on this host name come along; the front door picks ours and bounds every other header.
  maxHeaderSize: 64 * 1024,
} satisfies ServerOptions

/**
 * How the server is made. An offer to go on in another protocol (h2c, a socket) is not taken up: the request is answered
 * as it is. Only Next's development server has a socket.
 */
export function serverOptions({ isDev }: { isDev: boolean }): ServerOptions {
  return isDev ? serverLimits : { ...serverLimits, shouldUpgradeCallback: () => false }
}
