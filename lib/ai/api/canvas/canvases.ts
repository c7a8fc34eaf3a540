import { withBasePath } from '#lib/contract/calls/base-path'
import {
  type CanvasPage,
  type CanvasSummary,
  type CanvasView,
  isCanvasPage,
  isCanvasSummary,
  isCanvasView,
} from '#lib/contract/canvas/canvas'
import { newIdempotencyKey } from '../new-id.ts'
import { act, ask } from '../people/ask-people.ts'

const pathOf = (id: string) => `/api/canvas/${encodeURIComponent(id)}`

interface ListOptions {
  search?: string
  cursor?: string | null
  isTrash?: boolean
}

// Every call rejects with `ProblemError`.

/** A page of the user's canvases, the last changed first. */
export function listCanvases({ search, cursor, isTrash }: ListOptions = {}): Promise<CanvasPage> {
  const params = new URLSearchParams({
    ...(search && { search }),
    ...(cursor && { cursor }),
    ...(isTrash && { trash: '1' }),
  })
  return ask('GET', `/api/canvas?${params}`, isCanvasPage)
}

export function createCanvas(name = ''): Promise<CanvasView> {
  return ask('POST', '/api/canvas', isCanvasView, { name })
}

export function renameCanvas(id: string, name: string): Promise<CanvasView> {
  return change(id, { name })
}

export async function trashCanvas(id: string) {
  await act('DELETE', pathOf(id))
}

export function restoreCanvas(id: string): Promise<CanvasView> {
  return change(id, { trash: false })
}

/** Deletes for good what is in the trash. */
export async function deleteCanvas(id: string) {
  await act('DELETE', `${pathOf(id)}?forever=1`)
}

export function duplicateCanvas(id: string): Promise<CanvasSummary> {
  return ask('POST', `${pathOf(id)}/duplicate`, isCanvasSummary)
}

/** Where a canvas is downloaded as a file. */
export function canvasFileUrl(id: string) {
  return withBasePath(`${pathOf(id)}/export`)
}

/** Makes a canvas from an exported one; where asked so, without images and videos that are not the user's. */
export function importCanvas(file: object, isOwnOnly = false): Promise<CanvasSummary> {
  return ask('POST', `/api/canvas/import${isOwnOnly ? '?media=own' : ''}`, isCanvasSummary, file)
}

/** Changes a canvas without reading it: of its elements none is asked for. */
function change(id: string, more: { name: string } | { trash: boolean }) {
  const requestId = newIdempotencyKey()
  return ask('PATCH', pathOf(id), isCanvasView, { requestId, changes: [], ...more })
}
