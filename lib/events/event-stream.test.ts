import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import pg from 'pg'
import { scriptedProvider } from '../../tests/support/generations/scripted-provider.ts'
import { setRow } from '../../tests/support/database/set-row.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import {
  type TestGeneration,
  forgetEverything,
  queueFile,
  testGeneration,
} from '../../tests/support/generations/test-generation.ts'
import { databaseAddress, useDatabase } from '../db/client.ts'
import { findGeneration } from '../generations/queries.ts'
import type { GenerationState } from '#lib/contract/file-view'
import { type EventStreamOptions, openEventStream } from './event-stream.ts'
import { EventHub } from './hub.ts'
import { openStreams } from './open-streams.ts'

withTestDatabase()

const hub = new EventHub()
let deps: TestGeneration

afterAll(() => hub.close())
beforeEach(async () => {
  await forgetEverything()
  deps = testGeneration(scriptedProvider({ videoPath: '' }))
})
afterEach(() => deps.dispose())

/** Opens a stream and collects what it says. */
async function listen(fileIds: string[], options: Partial<EventStreamOptions> = {}) {
  const stream = await openEventStream({
    fileIds,
    cursor: new Map(),
    snapshotOf: findGeneration,
    hub,
    ...options,
  })
  if (typeof stream === 'string')
    return { stream, text: () => '', versions: () => [], ended: Promise.resolve(true) }
  let text = ''
  const decoder = new TextDecoder()
  const reader = stream.getReader()
  const ended = (async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read())
      text += decoder.decode(part.value, { stream: true })
    return true
  })()
  const versions = () =>
    [...text.matchAll(/^id: (?:.*:)?(\d+)$/gm)].map((match) => Number(match[1]))
  return { stream, text: () => text, versions, ended, cancel: () => reader.cancel() }
}

function progressTo(fileId: string, progress: number) {
  return setRow(fileId, { progress }, { isPublished: true })
}

async function finish(fileId: string, end: 'completed' | 'failed' = 'completed') {
  const way: GenerationState[] = ['submitting', 'waiting', 'storing', end]
  for (const state of way) await setRow(fileId, { state }, { isPublished: true })
}

describe('a stream', () => {
  test('begins with the snapshot and goes on with every change, ids growing', async () => {
    const { id } = await queueFile(deps)
    const { versions, ended, text } = await listen([id])
    await expect.poll(versions).toEqual([1])
    await progressTo(id, 10)
    await expect.poll(versions).toEqual([1, 2])
    await finish(id)
    await ended
    expect(versions().at(-1)).toBe(6)
    expect(text()).toContain('"type":"render_result"')
    expect(text().startsWith('retry: 2000\n')).toBe(true)
  })

  test('misses nothing that happens between subscription and snapshot, and says it once', async () => {
    const { id } = await queueFile(deps)
    const { versions, cancel } = await listen([id], {
      snapshotOf: async (fileId) => {
        const before = await findGeneration(fileId)
        await progressTo(fileId, 10)
        await progressTo(fileId, 20)
        // The hints of both changes arrive before the older snapshot is sent.
        await new Promise((resolve) => setTimeout(resolve, 100))
        return before
      },
    })
    await expect.poll(() => versions().at(-1)).toBe(3)
    expect(versions()).toEqual([...new Set(versions())].toSorted((a, b) => a - b))
    await cancel?.()
  })

  test('goes on behind the cursor', async () => {
    const { id } = await queueFile(deps)
    const { versions, cancel } = await listen([id], { cursor: new Map([[id, 1]]) })
    await progressTo(id, 10)
    await expect.poll(versions).toEqual([2])
    await cancel?.()
  })

  test('of a final file is the snapshot and the end; covered where that was seen', async () => {
    const { id } = await queueFile(deps)
    await finish(id, 'failed')
    const { versions, ended } = await listen([id])
    await ended
    expect(versions()).toEqual([5])
    expect((await listen([id], { cursor: new Map([[id, 5]]) })).stream).toBe('covered')
  })

  test('of no file is unknown; among others it is told as gone', async () => {
    const { id } = await queueFile(deps)
    const stranger = `file_${'0'.repeat(24)}`
    expect((await listen([stranger])).stream).toBe('unknown')
    const { text, cancel } = await listen([id, stranger])
    await expect.poll(text).toContain(`"code":"not_found","fileId":"${stranger}"`)
    await cancel?.()
  })

  test('tells a deletion and ends', async () => {
    const { id } = await queueFile(deps)
    const { text, ended } = await listen([id])
    await setRow(id, { deletedAt: deps.now() }, { isPublished: true })
    await ended
    expect(text()).toContain('"code":"not_found"')
  })

  test('carries many files, with ids that say whose they are', async () => {
    const [a, b] = [await queueFile(deps), await queueFile(deps)]
    const { text, ended } = await listen([a.id, b.id])
    await finish(a.id)
    await finish(b.id)
    await ended
    expect(text()).toContain(`id: ${a.id}:5`)
    expect(text()).toContain(`id: ${b.id}:5`)
  })

  test('that is not read any more is dropped, and leaves nothing behind', async () => {
    const { id } = await queueFile(deps)
    const wait = { code: 'provider_says', says: 'x'.repeat(100_000) } as const
    await setRow(id, { wait }, { isPublished: true })
    const stream = (await openEventStream({
      fileIds: [id],
      cursor: new Map(),
      snapshotOf: findGeneration,
      hub,
    })) as ReadableStream<Uint8Array>
    const reader = stream.getReader()
    await reader.read()
    for (let change = 1; hub.watchedFiles > 0; change++) await progressTo(id, change % 100)
    const readAll = async () => {
      while (!(await reader.read()).done);
    }
    await expect(readAll()).rejects.toThrow('too slow')
    expect(hub.watchedFiles).toBe(0)
  })

  test('that is canceled leaves nothing behind', async () => {
    const { id } = await queueFile(deps)
    const { cancel } = await listen([id])
    expect(hub.watchedFiles).toBe(1)
    await cancel?.()
    expect(hub.watchedFiles).toBe(0)
    expect(openStreams().count).toBe(0)
  })

  test('ends when the process does, and says when to come back', async () => {
    const { id } = await queueFile(deps)
    const { text, ended } = await listen([id])
    openStreams().endAll()
    await ended
    expect(text()).toContain('retry: 500')
  })
})

test('a listener whose connection was killed reads again what it missed', async () => {
  const { id } = await queueFile(deps)
  const { versions, cancel } = await listen([id])
  await expect.poll(versions).toEqual([1])
  const admin = new pg.Client({ connectionString: databaseAddress() })
  await admin.connect()
  const killed = `select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'photofinish-events' and datname = current_database()`
  await admin.query(killed)
  await progressTo(id, 30)
  await admin.end()
  await expect.poll(versions).toEqual([1, 2])
  await cancel?.()
})

test('a hub that cannot listen keeps no listener', async () => {
  const address = databaseAddress()
  const lonely = new EventHub()
  useDatabase('postgresql://postgres@127.0.0.1:9/nowhere')
  await expect(lonely.subscribe('file_a', () => {})).rejects.toThrow()
  expect(lonely.watchedFiles).toBe(0)
  useDatabase(address)
  const unsubscribe = await lonely.subscribe('file_a', () => {})
  expect(lonely.watchedFiles).toBe(1)
  unsubscribe()
  await lonely.close()
})
