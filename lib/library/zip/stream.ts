import { findUploads } from '../../assets/assets.ts'
import { ChunkStream, chunksOf } from '../../assets/storage/chunk-stream.ts'
import { productionStorage } from '../../assets/storage/production-storage.ts'
import type { Storage } from '../../assets/storage/storage.ts'
import { findGeneration } from '../../generations/queries.ts'
import { log } from '../../log.ts'
import { type Entry, entryOfGeneration, entryOfUpload } from './entry.ts'
import { Names } from './names.ts'
import { type ZipPart, zipOf } from './zip-of.ts'

// Longer chunks take less time for the same bytes; too long ones look, on a slow line, like a client that takes nothing.
const chunkBytes = 256 * 1024

/**
 * A ZIP of these items of an owner, each with its settings beside it, as a stream: one file is open at a time, and the
 * next is opened once the reader has taken it. Media are stored as they are. What is not there, or is gone by the time its
 * turn comes, is named in `missing.txt`. A reader that leaves ends the reading.
 */
export function zipStream(
  ownerId: string,
  ids: string[],
  storage: Storage = productionStorage(),
): ReadableStream<Uint8Array> {
  return new ChunkStream(telling(zipOf(partsOf(ownerId, ids, storage))))
}

async function* telling(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks
  } catch (error) {
    log().warn({ err: error }, 'a ZIP broke off')
    throw error
  }
}

async function* partsOf(ownerId: string, ids: string[], storage: Storage): AsyncGenerator<ZipPart> {
  const names = new Names()
  const missing: string[] = []
  for await (const [id, entry] of entriesOf(ownerId, ids)) {
    const opened = entry && (await open(entry.storageKey, storage))
    if (!opened) {
      missing.push(id)
      continue
    }
    const { extension, madeAt, title, settings } = entry
    const name = names.next(title)
    const file = `${name}${extension}`
    try {
      yield { name: file, madeAt, content: opened }
    } finally {
      // Also for a reader that leaves before it has taken a byte.
      await opened.close()
    }
    const told = `${JSON.stringify({ file, ...settings, id }, null, 2)}\n`
    yield { name: `${name}.settings.json`, madeAt, content: Buffer.from(told) }
  }
  if (missing.length === 0) return
  yield {
    name: 'missing.txt',
    madeAt: new Date(),
    content: Buffer.from(missingText(missing)),
  }
}

/** Each id with what is there of it. The next is looked for while one is sent. */
async function* entriesOf(ownerId: string, ids: string[]) {
  const find = (id: string | undefined) => {
    const found = id === undefined ? Promise.resolve(undefined) : findEntry(ownerId, id)
    // Told in its turn, which may never come.
    found.catch(() => {})
    return found
  }
  let next = find(ids[0])
  for (const [index, id] of ids.entries()) {
    const entry = await next
    next = find(ids[index + 1])
    yield [id, entry] as const
  }
}

async function findEntry(ownerId: string, id: string): Promise<Entry | undefined> {
  if (id.startsWith('file_')) {
    const row = await findGeneration(id)
    return row?.ownerId === ownerId ? entryOfGeneration(row) : undefined
  }
  const [upload] = await findUploads(ownerId, [id])
  return upload && entryOfUpload(upload)
}

/** The bytes of an object; undefined where there are none. From here on they are there to the end. */
async function open(key: string, storage: Storage) {
  const object = await storage.get(key)
  if (!object) return undefined
  const chunks = chunksOf(object.read({ chunkBytes }))[Symbol.asyncIterator]()
  const first = await chunks.next().catch(() => undefined)
  if (!first || first.done) return undefined
  return {
    sizeBytes: object.sizeBytes,
    chunks: withFirst(first.value, chunks),
    close: async () => void (await chunks.return?.()),
  }
}

async function* withFirst(first: Uint8Array, rest: AsyncIterator<Uint8Array>) {
  yield first
  yield* { [Symbol.asyncIterator]: () => rest }
}

/** For any program and any reader: names, and one sentence in both languages. */
function missingText(ids: string[]) {
  const said = [
    'These items are not in this ZIP: they were deleted, or are not finished.',
    'Этих файлов нет в архиве: они удалены или ещё не готовы.',
  ]
  return `\uFEFF${[...said, '', ...ids, ''].join('\r\n')}`
}
