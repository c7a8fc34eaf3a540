import type { IncomingMessage, ServerResponse } from 'node:http'
import { sessionOf } from '../people/session.ts'
import { log } from '../log.ts'
import { requestHeadOf, sendWebResponse } from './node-adapter.ts'
import { pollFile } from './poll-file.ts'
import type { RequestHead } from './request-head.ts'
import { serveMedia } from './serve-media.ts'
import { streamEvents } from './stream-events.ts'

type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void

const fileRoute = /^\/api\/file\/(file_[0-9a-z]+)$/
const eventsRoute = /^\/api\/v1\/events\/([^/]+)$/
const mediaRoute = /^\/api\/media\/([^/]+)\/([^/]+)$/

/**
 * What stands before Next: answers the event stream, the poll and the media bytes itself, gives every first visit
 * of a page its session, and hands all else on.
 */
export function frontDoor(next: NodeHandler): NodeHandler {
  return async (request, response) => {
    try {
      const handle = routeOf(request)
      if (handle) await sendWebResponse(await handle(requestHeadOf(request)), response)
      else {
        await welcome(request, response)
        await next(request, response)
      }
    } catch (error) {
      log().error({ err: error, url: request.url }, 'the front door failed')
      if (!response.headersSent) response.writeHead(500)
      response.end()
    }
  }
}

function routeOf(
  request: IncomingMessage,
): ((request: RequestHead) => Promise<Response>) | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
  const path = safeDecode((request.url ?? '').split('?')[0]!)
  const file = fileRoute.exec(path)
  if (file) return (web) => pollFile(web, file[1]!)
  const events = eventsRoute.exec(path)
  if (events) return (web) => streamEvents(web, events[1]!)
  const media = mediaRoute.exec(path)
  if (media) return (web) => serveMedia(web, media[1]!, media[2]!)
  return undefined
}

/** A page that is opened without a session gets one with the page, so that its first requests share it. */
async function welcome(request: IncomingMessage, response: ServerResponse) {
  const isPage = request.method === 'GET' && request.headers.accept?.includes('text/html')
  if (!isPage || request.headers.cookie?.includes('photofinish.')) return
  const { setCookies } = await sessionOf(requestHeadOf(request))
  response.setHeader('set-cookie', setCookies)
  request.headers.cookie = setCookies.map((cookie) => cookie.split(';')[0]).join('; ')
}

function safeDecode(path: string) {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
