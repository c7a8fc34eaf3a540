import { type FileView, isFileView } from '../file-view.ts'
import type { Kind, MediaType } from '../generation.ts'
import { hasFields } from '../problem.ts'

/** The most ids of one call that stars, moves, trashes or deletes. */
export const idsAtMost = 500

/** The most items of one ZIP, and what their media may weigh together: 50 GB. */
export const zipItemsAtMost = 1_000
export const zipBytesAtMost = 50 * 1024 ** 3

/** The most of one imported film: 2 GB. A picture is an upload like any: `imageMaxBytes`. */
export const filmMaxBytes = 2 * 1024 ** 3

/** Days in the trash before an item is deleted for good. */
export const trashDays = 30

/** The most collections of one owner, and the longest name of one. */
export const collectionsAtMost = 500
export const collectionNameAtMost = 100

/** What made an item: `upload` where people brought it. */
export type ItemSource = Kind | 'upload'

/** As users tell states of items apart: `open` until it has ended. */
export const itemStatuses = ['open', 'completed', 'failed', 'canceled'] as const
export type ItemStatus = (typeof itemStatuses)[number]

/** A picture or a film that people brought. */
export interface UploadView {
  /** `image_...` or `video_...`: an input of generations and edits. */
  id: string
  type: MediaType
  /** The file's name as it was brought; null where none came with it. */
  name: string | null
  url: string
  posterUrl: string | null
  /** The second whose frame was chosen as the poster; null for the usual one. */
  posterSeconds: number | null
  filmstripUrl: string | null
  filmstripFrames: number | null
  contentType: string
  /** Of the media alone. */
  sizeBytes: number
  sha256: string
  width: number
  height: number
  durationSeconds: number | null
  videoCodec: string | null
  audioCodec: string | null
  /** False where it is removed after a week in which nothing uses it: it was added to a form or a message, not imported. */
  isKept: boolean
  createdAt: string
}

/** One thing in the library: a generation as everywhere, or an upload. Exactly one of `file` and `upload` is there. */
export interface LibraryItem {
  id: string
  type: MediaType
  source: ItemSource
  isStarred: boolean
  /** The ids of the collections it is in. */
  collections: string[]
  /** Its bytes in storage: the media, its posters and its filmstrip. */
  weightBytes: number
  /** Since when it is in the trash, and when it is deleted for good; both null outside of it. */
  trashedAt: string | null
  deletedFrom: string | null
  createdAt: string
  file: FileView | null
  upload: UploadView | null
}

/** `GET /api/library?...`: one page. */
export interface LibraryPage {
  items: LibraryItem[]
  /** Hand it back as `cursor` for the next page; null on the last one. */
  nextCursor: string | null
}

/** `GET /api/library/weight?...`: all that the same filters find. */
export interface LibraryWeight {
  count: number
  bytes: number
}

export interface CollectionView {
  id: string
  name: string
  /** Its items outside of the trash. */
  count: number
  createdAt: string
}

/** `GET /api/collections`: by name. */
export interface CollectionsAnswer {
  collections: CollectionView[]
}

/** `PATCH /api/library`: what is done to up to 500 items. */
export interface LibraryChange {
  ids: string[]
  star?: boolean
  /** True moves to the trash, false takes out of it. */
  trash?: boolean
  /** The id of a collection. */
  addTo?: string
  removeFrom?: string
}

/** What came of it. All ids are in one of the three. */
export interface LibraryChanged {
  changed: string[]
  /** Being made, or needed by what is being made: it can be canceled, and not trashed. */
  busy: string[]
  /** Not there, or of another owner. */
  missing: string[]
}

/** `DELETE /api/library`: of the trash, for good. `all` takes up to 500 a call. */
export type LibraryDeletion = { ids: string[] } | { all: true }

export interface LibraryDeleted extends LibraryChanged {
  /** How many are left in the trash. */
  left: number
}

/** `POST /api/library/zip` with `asLink`: where a browser downloads it from, once or again, within the hour. */
export interface ZipLink {
  url: string
  name: string
  count: number
  bytes: number
  expiresAt: string
}

/** One thing of a lineage. Of a parent that is deleted only the id is left, and `isThere` is false. */
export interface LineageNode {
  id: string
  isThere: boolean
  type: MediaType | null
  source: ItemSource | null
  status: ItemStatus | null
  /** Its prompt, or an upload's name. */
  title: string
  url: string | null
  posterUrl: string | null
  isTrashed: boolean
  createdAt: string | null
}

export type LineageRole = 'firstFrame' | 'lastFrame' | 'reference' | 'sourceVideo' | 'source'

export interface LineageEdge {
  parentId: string
  childId: string
  role: LineageRole
  /** Among those of its role, from 0. */
  place: number
}

/** `GET /api/file/<id>/lineage`: the item, what it was made from and what it led to, up to 50 items. */
export interface LineageView {
  id: string
  nodes: LineageNode[]
  edges: LineageEdge[]
  /** More is known than is told. */
  isCut: boolean
}

export function isLibraryItem(value: unknown): value is LibraryItem {
  const fields = { id: 'string', isStarred: 'boolean', collections: 'object' } as const
  if (!hasFields(value, fields)) return false
  const { file, upload } = value as { file?: unknown; upload?: unknown }
  return isFileView(file) || hasFields(upload, { id: 'string', url: 'string' })
}

export function isLibraryPage(value: unknown): value is LibraryPage {
  const items = (value as LibraryPage | null)?.items
  return Array.isArray(items) && items.every(isLibraryItem)
}

export function isLibraryWeight(value: unknown): value is LibraryWeight {
  return hasFields(value, { count: 'number', bytes: 'number' })
}

export function isCollectionView(value: unknown): value is CollectionView {
  return hasFields(value, { id: 'string', name: 'string', count: 'number' })
}

export function isCollectionsAnswer(value: unknown): value is CollectionsAnswer {
  const collections = (value as CollectionsAnswer | null)?.collections
  return Array.isArray(collections) && collections.every(isCollectionView)
}

export function isLibraryChanged(value: unknown): value is LibraryChanged {
  return hasFields(value, { changed: 'object', busy: 'object', missing: 'object' })
}

export function isZipLink(value: unknown): value is ZipLink {
  return hasFields(value, { url: 'string', name: 'string', count: 'number', bytes: 'number' })
}

export function isLineageView(value: unknown): value is LineageView {
  return hasFields(value, { id: 'string', nodes: 'object', edges: 'object' })
}
