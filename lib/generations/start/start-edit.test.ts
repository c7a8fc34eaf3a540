import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { EditOrder } from '#lib/contract/generation'
import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { film } from '../../../tests/support/films/film.ts'
import { setFinished } from '../../../tests/support/database/set-row.ts'
import {
  driveToEnd,
  queueFile,
  testGeneration,
} from '../../../tests/support/generations/test-generation.ts'
import { localBed } from '../../../tests/support/database/with-bed.ts'
import { createEditsProvider } from '../../ai/providers/edits/edits-provider.ts'
import { asset } from '../../db/asset-schema.ts'
import { database } from '../../db/client.ts'
import { newId } from '../../ids.ts'
import { deleteGeneration } from '../commands/delete.ts'
import { findGeneration } from '../queries.ts'
import { fileViewOf } from '../view.ts'
import { startEdit } from './start-edit.ts'

const { test, bed } = localBed(
  ({ provider }) => {
    const deps = testGeneration([provider])
    const edits = createEditsProvider({ directory: join(deps.folder, 'edits') })
    return Object.assign(deps, { providers: new Map([...deps.providers, ['edits', edits]]) })
  },
  { hasQueue: true },
)

const trim = { operation: 'trim', from: 0.2, to: 0.8 } as const
const size = { width: 160, height: 96 }

/** A finished video of an owner, its bytes in storage. */
async function finished(ownerId = 'somebody') {
  const bytes = await film({ isNumbered: true })
  const { id } = await queueFile(bed.deps, { ownerId, prompt: 'a fox in the snow' })
  await setFinished(id)
  await database()
    .update(asset)
    .set({ ...size, durationSeconds: 1, sizeBytes: bytes.length })
    .where(eq(asset.generationId, id))
  const path = join(bed.deps.folder, 'media', id, 'video.mp4')
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, bytes)
  return { id, path, bytes }
}

function start(sources: string[], edit: unknown, idempotencyKey: string | null = null) {
  const caller = callerNamed('somebody')
  return startEdit({ caller, body: { sources, edit }, idempotencyKey, now: bed.deps.now() })
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('an edit', () => {
  test('is a generation like any: free, made here, with its parent, which stays as it is', async () => {
    const source = await finished()
    const { id } = await start([source.id], trim)
    expect(fileViewOf((await findGeneration(id))!)).toMatchObject({
      kind: 'edit',
      type: 'video',
      status: 'pending',
      settings: { prompt: 'a fox in the snow', edit: trim, inputs: { sources: [source.id] } },
      cost: { estimatedUsd: 0, heldUsd: null },
      canCancel: true,
    })
    const { row } = await driveToEnd(id, bed.deps, 2_000)
    expect(row).toMatchObject({
      state: 'completed',
      costMicros: 0,
      attempts: [{ provider: 'edits', outcome: 'completed' }],
      asset: { ...size, durationSeconds: expect.closeTo(0.6, 2) },
    })
    const [made] = await database().select().from(asset).where(eq(asset.generationId, id))
    expect(made!.parentId).toBe(source.id.replace('file_', 'asset_'))
    expect(sha256(await readFile(source.path))).toBe(sha256(source.bytes))
  })

  test('says so where its source is deleted before it has begun', async () => {
    const source = await finished()
    const { id } = await start([source.id], trim)
    await deleteGeneration('somebody', source.id, bed.deps)
    const { row } = await driveToEnd(id, bed.deps, 2_000)
    expect(row).toMatchObject({ state: 'failed', errorCode: 'invalid_input' })
    expect(row!.errorMessage).toEqual({ key: 'edits.sourceGone' })
  })

  test('of a video that is not finished yet says so, and of another owner’s only that it is not there', async () => {
    const running = await queueFile(bed.deps, { ownerId: 'somebody' })
    const others = await queueFile(bed.deps, { ownerId: 'another' })
    const done = await finished()
    const gone = (place: number, why: 'videoGone' | 'videoNotReady') => ({
      field: `sources.${place}`,
      message: { key: `request.${why}` },
    })
    await expect(
      start([running.id, done.id, others.id], { operation: 'join' }),
    ).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [gone(0, 'videoNotReady'), gone(2, 'videoGone')],
    })
  })

  test('is one for a key, also at once, and also when its source is gone since', async () => {
    const source = await finished()
    const both = await Promise.all([start([source.id], trim, 'k'), start([source.id], trim, 'k')])
    expect(new Set(both.map(({ id }) => id)).size).toBe(1)
    await deleteGeneration('somebody', source.id, bed.deps)
    expect((await start([source.id], trim, 'k')).id).toBe(both[0].id)
    const other = start([source.id], { operation: 'mute' }, 'k')
    await expect(other).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('what no edit can be made of is refused, each fault by its field', () => {
  const of: [string, (id: string) => [string[], unknown], string[]][] = [
    ['a video that does not exist', () => [[newId('file')], trim], ['sources.0']],
    ['an id of something else', () => [['image_x'], trim], ['sources.0']],
    ['no sources', () => [[], trim], ['sources']],
    ['one video to join', (id) => [[id], { operation: 'join' }], ['sources']],
    ['two to trim', (id) => [[id, id], trim], ['sources']],
    ['times past the end', (id) => [[id], { ...trim, to: 9 }], ['edit.to']],
    ['a start past the end', (id) => [[id], { ...trim, from: 8, to: 9 }], ['edit.from']],
    ['a span that runs backwards', (id) => [[id], { ...trim, from: 0.5, to: 0.5 }], ['edit.to']],
    ['a negative time', (id) => [[id], { ...trim, from: -1 }], ['edit.from']],
    ['no number', (id) => [[id], { ...trim, to: 'end' }], ['edit.to']],
    ['an unknown operation', (id) => [[id], { operation: 'explode' }], ['edit.operation']],
    ['an unknown setting', (id) => [[id], { ...trim, speed: 2 }], ['edit.speed']],
    ['no order', (id) => [[id], undefined], ['edit']],
    ['a loop of one', (id) => [[id], { operation: 'loop', times: 1 }], ['edit.times']],
    ['a loop of half a time', (id) => [[id], { operation: 'loop', times: 2.5 }], ['edit.times']],
    [
      'a focus outside',
      (id) => [[id], { operation: 'crop', aspectRatio: '1:1', focus: { x: 2, y: 0 } }],
      ['edit.focus.x'],
    ],
    ['a frame past the end', (id) => [[id], { operation: 'frame', at: 5 }], ['edit.at']],
    [
      'an animation that is too wide and too fast',
      (id) => [
        [id],
        { operation: 'animation', format: 'gif', from: 0, to: 1, width: 5_000, fps: 99 },
      ],
      ['edit.width', 'edit.fps'],
    ],
  ]
  test.each(of)('%s', async (_what, ask, fields) => {
    const { id } = await finished()
    const [sources, edit] = ask(id)
    await expect(start(sources, edit)).rejects.toMatchObject({
      code: 'invalid_input',
      fields: fields.map((field) => ({ field })),
    })
  })

  test('a video of another owner', async () => {
    const { id } = await finished('a stranger')
    await expect(start([id], trim)).rejects.toMatchObject({ fields: [{ field: 'sources.0' }] })
  })

  test('a video that is not finished', async () => {
    const { id } = await queueFile(bed.deps)
    await expect(start([id], trim)).rejects.toMatchObject({ fields: [{ field: 'sources.0' }] })
  })

  test('a video of more than 500 MB', async () => {
    const { id } = await finished()
    await database()
      .update(asset)
      .set({ sizeBytes: 600 * 1024 * 1024 })
    await expect(start([id], trim)).rejects.toMatchObject({ fields: [{ field: 'sources.0' }] })
  })
})

const animation = { operation: 'animation', from: 0, to: 1, width: 120, fps: 5 } as const
const ends = (name: string): unknown => expect.stringMatching(`/${name}$`)
const orders: [EditOrder, object][] = [
  [{ operation: 'mute' }, { storageKey: ends('video.mp4'), audioCodec: null }],
  [{ operation: 'loop', times: 2 }, { durationSeconds: expect.closeTo(2, 1) }],
  [
    { operation: 'frame', at: 'last' },
    { storageKey: ends('image.png'), ...size },
  ],
  [
    { ...animation, format: 'gif' },
    { storageKey: ends('animation.gif'), contentType: 'image/gif', width: 120, height: 72 },
  ],
  [
    { ...animation, format: 'webp' },
    { storageKey: ends('animation.webp'), contentType: 'image/webp', width: 120, height: 72 },
  ],
]
test.each(orders.slice(0, 1))('%j ends as what it makes, with a poster', expectMade)
test.each(orders.slice(1))('%j ends as what it makes, with a poster', { tags: 'long' }, expectMade)

async function expectMade(edit: EditOrder, made: object) {
  const { id } = await start([(await finished()).id], edit)
  const { row } = await driveToEnd(id, bed.deps, 2_000)
  expect(row).toMatchObject({ state: 'completed', asset: { hasPoster: true, ...made } })
  const makesImage = edit.operation === 'frame' || edit.operation === 'animation'
  expect(fileViewOf(row!).type).toBe(makesImage ? 'image' : 'video')
}
