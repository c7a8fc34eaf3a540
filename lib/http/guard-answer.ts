import type { IncomingMessage, ServerResponse } from 'node:http'
import { serverTimeHeader } from '#lib/contract/answer-headers'
import { buildHeader } from '#lib/contract/calls/build'

// Long enough for the client to read the answer before the connection goes.
const lingerMs = 1_000

const guards = new WeakMap<ServerResponse, () => void>()

/**
 * Sees to what holds for every answer, whatever writes it: no browser guesses its type, no other site embeds it, it says
 * the server's time and its build, one that sets a cookie is kept by no cache, and a request that was answered before its
 * body came is read no further, and the last of its connection.
 */
export function guardAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  { hasBasePath = true, build }: { hasBasePath?: boolean; build?: string | undefined } = {},
) {
  const writeHead = response.writeHead as (...given: unknown[]) => ServerResponse
  const guard = () => {
    response.setHeader('x-content-type-options', 'nosniff')
    if (!response.hasHeader('cross-origin-resource-policy'))
      response.setHeader('cross-origin-resource-policy', 'same-origin')
    response.setHeader(serverTimeHeader, Date.now())
    if (build) response.setHeader(buildHeader, build)
    const cookies = response.getHeader('set-cookie')
    if (cookies) response.setHeader('cache-control', unshared(response.getHeader('cache-control')))
    if (cookies && !hasBasePath) response.setHeader('set-cookie', [cookies].flat().map(forRoot))
    if (isStillComing(request)) sayLast(request, response)
  }
  guards.set(response, guard)
  response.writeHead = (...given: unknown[]) => {
    guardHead(response)
    return writeHead.apply(response, given)
  }
  response.on('finish', readNoFurther)
}

/** Sets the headers of a guarded answer, before its head is written. */
export function guardHead(response: ServerResponse) {
  guards.get(response)?.()
  guards.delete(response)
}

function isStillComing({ complete, headers }: IncomingMessage) {
  const hasBody = headers['transfer-encoding'] || Number(headers['content-length']) > 0
  return Boolean(hasBody) && !complete
}

/** A client that has sent its body to the end must not send another request behind it: it would never be read. */
function sayLast({ socket }: IncomingMessage, response: ServerResponse) {
  response.setHeader('connection', 'close')
  // Closed at once, with bytes that were not read, it would take the answer with it.
  socket.destroySoon = () => {
    socket.end()
    setTimeout(() => socket.destroy(), lingerMs).unref()
  }
}

/** The `Cache-Control` of an answer that is for one browser only. */
export function unshared(cacheControl: number | string | string[] | null | undefined) {
  const isFixed = String(cacheControl ?? '').includes('no-transform')
  return isFixed ? 'private, no-store, no-transform' : 'private, no-store'
}

/**
 * A cookie for the whole host: of a request without the base path it is unknown whether a proxy took it off. It replaces
 * none below the base path, which the browser sends first.
 */
function forRoot(cookie: number | string) {
  return String(cookie).replace(/; *Path=[^;]*/i, '; Path=/')
}

/** The rest of a body stays with its sender, who has the answer already. */
function readNoFurther(this: ServerResponse) {
  const { complete, socket } = this.req
  if (complete) return
  // Node begins to read the rest in this very tick.
  setImmediate(() => socket.pause())
  setTimeout(() => socket.destroy(), lingerMs).unref()
}
