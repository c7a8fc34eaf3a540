import { isCanvasId } from '#lib/contract/canvas/news'
import { newsChannelName } from '#lib/contract/file-view'
import { parseCursor } from '../../events/cursor.ts'
import { isCovered, openEventStream } from '../../events/event-stream.ts'
import { findShown } from '../../generations/queries.ts'
import { canvasVersion } from '../../canvas/store/find-canvas.ts'
import { isFileId } from '../../ids.ts'
import { notFound } from '../problem-response.ts'
import type { RequestHead } from '../request-guards.ts'
import { heldStreams } from './held-streams.ts'
import { noUser, withFreshSession } from '../with-session.ts'

const channelsAtMost = 100
// One open canvas a tab.
const canvasesAtMost = 20

/**
 * `GET /api/v1/events/file.<id>[,file.<id>...][,user]`: the changes of some files as they happen, as server-sent events.
 * Goes on behind `Last-Event-ID` (or `?lastEventId=`; the header wins). 204 where all is final and seen, 404 where
 * none of the files belongs to the session; a single one that does not is an `error` event. The channel `user`
 * sends news of all files of the session's user; with it the stream stays open. It ends when its session is over, within
 * seconds, and the client comes back with the one it has. A channel `canvas.<id>` tells each version of a canvas.
 */
export const streamEvents = withFreshSession(
  async (request: RequestHead, session, channels: string) => {
    const { ownerId, userId, sessionId, keyId, scopes } = session
    const fileIds = fileIdsOf(channels)
    const isNewsAsked = ownerId !== noUser && channels.split(',').includes(newsChannelName)
    const canvasIds = canvasIdsOf(channels)
    if (fileIds.length + canvasIds.length === 0 && !isNewsAsked) throw notFound()
    const lastEventId =
      request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('lastEventId')
    const cursor = parseCursor(lastEventId, fileIds)
    if (request.method === 'HEAD')
      return headOf({ ownerId, fileIds, canvasIds, cursor, isNewsAsked })
    const stream = await openEventStream({
      fileIds,
      cursor,
      snapshotOf: (fileId) => findShown(ownerId, fileId),
      newsOf: isNewsAsked ? ownerId : undefined,
      toldOf: userId,
      canvasIds,
      versionOf: (canvasId) => canvasVersion(ownerId, canvasId),
      whileOpen: (end) => heldStreams().add({ sessionId, keyId, scopes, ownerId, end }),
    })
    if (stream === 'unknown') throw notFound()
    if (stream === 'covered') return new Response(null, { status: 204 })
    return new Response(stream, { headers: streamHeaders })
  },
)

const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  // no-transform: a proxy, or Next, that compresses the stream would hold it back.
  'cache-control': 'private, no-cache, no-transform',
  'x-accel-buffering': 'no',
  'x-content-type-options': 'nosniff',
}

interface Beginning {
  ownerId: string
  fileIds: string[]
  canvasIds: string[]
  cursor: ReadonlyMap<string, number>
  isNewsAsked: boolean
}

/** What a stream would begin with. None is opened: its changes could not be sent. */
async function headOf({ ownerId, fileIds, canvasIds, cursor, isNewsAsked }: Beginning) {
  const rows = await Promise.all(fileIds.map((fileId) => findShown(ownerId, fileId)))
  const versions = await Promise.all(canvasIds.map((id) => canvasVersion(ownerId, id)))
  const isLasting = isNewsAsked || versions.some((version) => version !== undefined)
  if (!isLasting && rows.every((row) => !row)) throw notFound()
  if (!isLasting && isCovered(rows, cursor)) return new Response(null, { status: 204 })
  return new Response(null, { headers: streamHeaders })
}

function fileIdsOf(channels: string) {
  const ids = channels.split(',').map((channel) => channel.replace(/^file\./, ''))
  return [...new Set(ids)].filter(isFileId).slice(0, channelsAtMost)
}

function canvasIdsOf(channels: string) {
  const names = channels.split(',').filter((channel) => channel.startsWith('canvas.'))
  const ids = names.map((channel) => channel.slice('canvas.'.length))
  return [...new Set(ids)].filter(isCanvasId).slice(0, canvasesAtMost)
}
