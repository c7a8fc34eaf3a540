import type { CanvasNews } from '#lib/contract/canvas/news'
import type { FileEvent, FileNews, FileView } from '#lib/contract/file-view'

/** One SSE message. JSON holds no raw line break, so `data:` is always one line. */
export function encodeMessage(event: FileEvent, id?: string) {
  const idLine = id === undefined ? '' : `id: ${id}\n`
  return `${idLine}data: ${JSON.stringify(event)}\n\n`
}

/**
 * A view as its messages: progress as `render_progress`, a finished video as `render_result` and `file`, all else
 * as `file`. Each carries the whole view; only the last one moves the cursor.
 */
export function encodeView(view: FileView, id: string) {
  if (view.status === 'completed')
    return (
      encodeMessage({ type: 'render_result', object: { ...view, file_url: view.url } }) +
      encodeMessage({ type: 'file', object: view }, id)
    )
  const isProgress = view.status === 'processing' && view.progress !== null
  return encodeMessage({ type: isProgress ? 'render_progress' : 'file', object: view }, id)
}

/** Told instead of a view once a file is deleted. */
export function encodeGone(fileId: string) {
  return encodeMessage({
    type: 'error',
    object: { code: 'not_found', fileId, message: 'There is no such video.' },
  })
}

/** What is new of the owner's files, by ids and versions; without any: something may have been missed. */
export function encodeNews(changes: readonly FileNews[]) {
  return encodeMessage({ type: 'news', object: { changes } })
}

/** That a canvas has a version by now; 0: something may have been missed. */
export function encodeCanvas(canvasId: string, version: number) {
  const object: CanvasNews = { object: 'canvas.news', canvasId, version }
  return encodeMessage({ type: 'canvas', object })
}

/** A comment: keeps proxies from cutting an idle stream, and tells the client that we are alive. */
export const heartbeat = ': heartbeat\n\n'

/** What every stream begins with: when to come back, and bytes at once so that no buffer holds the headers. */
export function encodeOpening(retryMs: number) {
  return `retry: ${retryMs}\n: open\n\n`
}
