import type { MediaType } from '#lib/contract/generation'
import { libraryParams } from '#lib/contract/library/filters'
import {
  type CollectionView,
  type CollectionsAnswer,
  type LibraryChange,
  type LibraryChanged,
  type LibraryDeleted,
  type LibraryPage,
  type ZipLink,
  idsAtMost,
  isCollectionView,
  isCollectionsAnswer,
  isLibraryChanged,
  isLibraryPage,
  isZipLink,
} from '#lib/contract/library/library'
import { hasFields } from '#lib/contract/problem'
import { act, ask } from './ask-people.ts'

const collectionPath = (id: string) => `/api/collections/${encodeURIComponent(id)}`

/** Stars, moves, trashes or restores any number of items, and tells what became of each. */
export async function changeItems({ ids, ...change }: LibraryChange): Promise<LibraryChanged> {
  return inParts(ids, (part) =>
    ask('PATCH', '/api/library', isLibraryChanged, { ids: part, ...change }),
  )
}

/** Moves every finished video or image that was generated to the trash; answers the ids of what was moved. */
export async function trashFinished(source: MediaType): Promise<string[]> {
  const params = libraryParams({
    source: [source],
    status: ['completed', 'failed', 'canceled'],
    limit: 100,
  })
  const ids: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const behind = cursor && `&cursor=${encodeURIComponent(cursor)}`
    const page: LibraryPage = await ask('GET', `/api/library?${params}${behind}`, isLibraryPage)
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  }
  return ids.length === 0 ? [] : (await changeItems({ ids, trash: true })).changed
}

/** Deletes items of the trash for good. */
export async function deleteItems(ids: readonly string[]): Promise<LibraryChanged> {
  return inParts(ids, (part) => ask('DELETE', '/api/library', isLibraryChanged, { ids: part }))
}

/** Deletes all that is in the trash, for good; answers how many items that were. */
export async function emptyTrash(): Promise<number> {
  let deleted = 0
  for (;;) {
    const { changed, left } = await ask('DELETE', '/api/library', isDeleted, { all: true })
    deleted += changed.length
    if (left === 0 || changed.length === 0) return deleted
  }
}

/** Where the media of these items are downloaded as one ZIP. */
export function zipOf(ids: readonly string[]): Promise<ZipLink> {
  return ask('POST', '/api/library/zip', isZipLink, { ids, asLink: true })
}

export async function readCollections(): Promise<CollectionView[]> {
  const answer: CollectionsAnswer = await ask('GET', '/api/collections', isCollectionsAnswer)
  return answer.collections
}

export function makeCollection(name: string): Promise<CollectionView> {
  return ask('POST', '/api/collections', isCollectionView, { name })
}

export async function renameCollection(id: string, name: string) {
  await ask('PATCH', collectionPath(id), isCollectionView, { name })
}

export async function deleteCollection(id: string) {
  await act('DELETE', collectionPath(id))
}

/** As many calls as the server wants for so many ids, one after the other; their answers as one. */
async function inParts(
  ids: readonly string[],
  send: (part: readonly string[]) => Promise<LibraryChanged>,
): Promise<LibraryChanged> {
  const whole: LibraryChanged = { changed: [], busy: [], missing: [] }
  for (let from = 0; from < ids.length; from += idsAtMost) {
    const { changed, busy, missing } = await send(ids.slice(from, from + idsAtMost))
    whole.changed.push(...changed)
    whole.busy.push(...busy)
    whole.missing.push(...missing)
  }
  return whole
}

function isDeleted(value: unknown): value is LibraryDeleted {
  return isLibraryChanged(value) && hasFields(value, { left: 'number' })
}
