import type { IncomingMessage, ServerResponse } from 'node:http'
import { hasBasePath, withBasePath, withoutBasePath } from '#lib/contract/calls/base-path'
import { clientHeader } from '../../people/accounts/tries.ts'
import { isSessionCookie } from '../../people/session-cookies.ts'
import { knownSession } from '../../people/session.ts'
import { env } from '../../env.ts'
import { log } from '../../log.ts'
import { guardAnswer } from '../guard-answer.ts'
import { clientAddress } from './client-address.ts'
import { securePage } from './content-security.ts'
import { endSilence } from './end-silence.ts'
import { limitRequest } from './limit-request.ts'
import { pathOf, requestHeadOf, sendWebResponse } from './node-adapter.ts'
import { callerByKey } from './key-scopes.ts'
import { noRoute } from './no-route.ts'
import { listFiles } from '../list-files.ts'
import { pollFile } from '../poll-file.ts'
import { problemResponse } from '../problem-response.ts'
import { allowedMethods, refusalOf } from './refuse-first.ts'
import type { RequestHead } from '../request-guards.ts'
import { sendLinkedZip, sendZip } from '../media/send-zip.ts'
import { serveMedia } from '../media/serve-media.ts'
import { streamEvents } from '../streams/stream-events.ts'
import { trimRequest } from './trim-request.ts'
import { withoutVersion } from './versions.ts'
import { type Upload, receiveImage } from '../upload/receive-image.ts'
import { receiveImport } from '../upload/receive-import.ts'

type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void

/** A door of a foreign protocol: what is refused in front of it is told in its own form. */
interface Dialect {
  path: RegExp
  translate(answer: Response, request: RequestHead): Promise<Response>
}

interface Served {
  base?: string
  build?: string | undefined
  isDev?: boolean
  dialects?: readonly Dialect[]
}

const fileRoute = /^\/api\/file\/(file_[0-9a-z]+)$/
const eventsRoute = /^\/api\/v1\/events\/([^/]+)$/
type Receive = (request: RequestHead, sent: Upload) => Promise<Response>
const received: Record<string, Receive> = {
  '/api/image': receiveImage,
  '/api/library/import': receiveImport,
  '/api/library/zip': (request, { body }) => sendZip(request, body),
}
const zipRoute = /^\/api\/library\/zip\/(zip_[0-9a-z]+)$/
const mediaRoute = /^\/api\/media\/([^/]+)\/([^/]+)$/

/**
 * What comes before Next: refuses what no route needs, what comes too often and what the API has no route for, ends
 * bodies that fall silent, answers the event stream, the polls of a file and of the list, media and ZIPs itself, takes
 * uploads, extends the session of a page that is opened, and hands all else on. Inside, addresses are without the base
 * path: a request may bring it, or a proxy may have taken it off. Next is asked with it. So is the version of the API,
 * which is taken off. Every answer names the build.
 */
export function frontDoor(
  next: NodeHandler,
  { base = env().BASE_PATH, build, isDev = false, dialects = [] }: Served = {},
): NodeHandler {
  return async (request, response) => {
    const url = oneSlash(request.url ?? '/')
    try {
      guardAnswer(request, response, { hasBasePath: hasBasePath(url, base), build })
      request.url = withoutVersion(oneSlash(withoutBasePath(url, base)))
      endSilence(request)
      const refusal = refused(request)
      if (refusal) return await sendWebResponse(refusal, response)
      const head = requestHeadOf(request)
      nameClient(request)
      const closed =
        (await limited(request, head, response)) ??
        (await keyRefusal(request, head)) ??
        noRoute(pathOf(request), head)
      const dialect = closed && dialects.find(({ path }) => path.test(pathOf(request)))
      const told = dialect ? await dialect.translate(closed, head) : closed
      const answer = told ?? (await ownAnswer(request, head))
      if (answer) return await sendWebResponse(answer, response)
      await extendSession(request, head, response)
      securePage(request, response, isDev)
      request.url = withBasePath(request.url, base)
      await next(request, response)
    } catch (error) {
      log().error({ err: error, url }, 'the front door failed')
      if (!response.headersSent) response.writeHead(500)
      response.end()
    }
  }
}

/** A proxy that takes a path off may leave two slashes (nginx: `location /studio` with `proxy_pass http://studio/`). */
function oneSlash(path: string) {
  return path.replace(/^\/{2,}/, '/')
}

function refused(request: IncomingMessage) {
  const error = refusalOf(request)
  if (!error) {
    trimRequest(request)
    return undefined
  }
  const headers = { get: (name: string) => request.headers[name]?.toString() ?? null }
  const answer = problemResponse(error, { headers })
  if (error.code === 'method_not_allowed') answer.headers.set('allow', allowedMethods)
  return answer
}

async function limited(request: IncomingMessage, head: RequestHead, response: ServerResponse) {
  const error = await limitRequest(request, head, response)
  return error && problemResponse(error, head)
}

/** For what is counted by address behind Next, which sees no connection. Whatever a client sends there goes. */
function nameClient(request: IncomingMessage) {
  request.headers[clientHeader] = clientAddress(request, env().TRUST_PROXY).replace(/\/64$/, '')
}

/** A key that is not valid, or may not do this, is refused whatever answers the route. Pages know of no keys. */
async function keyRefusal(request: IncomingMessage, head: RequestHead) {
  if (!pathOf(request).startsWith('/api/')) return undefined
  return callerByKey(head).then(
    () => undefined,
    (error: unknown) => problemResponse(error, head),
  )
}

function ownAnswer(request: IncomingMessage, head: RequestHead) {
  return routeOf(request)?.(head)
}

function routeOf(
  request: IncomingMessage,
): ((request: RequestHead) => Promise<Response>) | undefined {
  const receive = request.method === 'POST' && received[pathOf(request)]
  if (receive) return receiverOf(request, receive)
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
  const path = pathOf(request)
  if (path === '/api/file') return listFiles
  const file = fileRoute.exec(path)
  if (file) return (web) => pollFile(web, file[1]!)
  const events = eventsRoute.exec(path)
  if (events) return (web) => streamEvents(web, events[1]!)
  const media = mediaRoute.exec(path)
  if (media) return (web) => serveMedia(web, media[1]!, media[2]!)
  const zip = zipRoute.exec(path)
  if (zip) return (web) => sendLinkedZip(web, zip[1]!)
  return undefined
}

/** The body is left open where it is not read to its end: the answer must still get through. */
function receiverOf(request: IncomingMessage, receive: Receive) {
  const body = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>
  const address = clientAddress(request, env().TRUST_PROXY)
  return (head: RequestHead) => receive(head, { body, address })
}

// Nothing of the API, none of Next's files and nothing else that has an extension.
const notAPage = /^\/(?:api|_next|health)(?:\/|$)|\.[^/]*$/

/** A page that is opened keeps its session alive. It gives none: an account comes with the first write. */
async function extendSession(
  request: IncomingMessage,
  head: RequestHead,
  response: ServerResponse,
) {
  const wantsPage = request.method === 'GET' && request.headers.accept?.includes('text/html')
  if (!wantsPage || notAPage.test(pathOf(request))) return
  const session = await knownSession(head).catch((error: unknown) => {
    log().warn({ err: error }, 'a page is served without a session')
    return undefined
  })
  if (!session || session.setCookies.length === 0) return
  response.setHeader('set-cookie', session.setCookies)
  request.headers.cookie = cookiesAfter(request.headers.cookie ?? '', session.setCookies)
}

/** What the browser will send once it has the answer: a session takes the place of the others. */
function cookiesAfter(sent: string, setCookies: string[]) {
  const given = setCookies.map((line) => line.split(';')[0]!)
  const nameIn = (cookie: string) => cookie.split('=')[0]!.trim()
  const isReplaced = (cookie: string) =>
    given.some((one) => nameIn(one) === nameIn(cookie)) ||
    (isSessionCookie(cookie) && given.some(isSessionCookie))
  const kept = sent.split(/; */).filter((cookie) => cookie !== '' && !isReplaced(cookie))
  return [...given, ...kept].join('; ')
}
