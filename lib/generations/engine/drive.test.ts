import { access, mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { queueFile } from '../../../tests/support/generations/test-generation.ts'
import { localBed } from '../../../tests/support/database/with-bed.ts'
import { newId } from '../../ids.ts'
import { deleteGeneration } from '../commands/delete.ts'
import { findGeneration } from '../queries.ts'
import { applyEvent } from '../store.ts'
import { advance } from './advance.ts'
import { drive } from './drive.ts'
import { sweep } from './sweep.ts'
import { sweepWorkFolder } from './sweep-work-folder.ts'

const { test, bed } = localBed(undefined, { hasQueue: true })

const stateOf = async (id: string) => (await findGeneration(id))?.state
const cancelRequested = (id: string) =>
  applyEvent(id, { type: 'cancel_requested', ownerId: 'somebody' }, bed.deps.databaseClock)

test('a worker of calls that is woken for a generation with bytes to store leaves them', async () => {
  const { id } = await queueFile(bed.deps)
  await advance(id, bed.deps)
  await advance(id, bed.deps)
  expect(await stateOf(id)).toBe('storing')
  await drive(id, bed.deps)
  expect(await findGeneration(id)).toMatchObject({ state: 'storing', leaseId: null })
  await drive(id, bed.deps, { mayStore: true })
  expect(await stateOf(id)).toBe('completed')
})

test('a cancel that comes while a queued generation is prepared is carried out at once', async () => {
  const { id } = await queueFile(bed.deps)
  bed.provider.onPrepare = async () => void (await cancelRequested(id))
  await drive(id, bed.deps)
  expect(await stateOf(id)).toBe('canceled')
  expect(bed.provider.jobs).toEqual([])
})

test('a cancel in the queue whose process died is found by the sweep, also without a free slot', async () => {
  const { id } = await queueFile(bed.deps)
  await queueFile(bed.deps)
  await cancelRequested(id)
  expect(await sweep({ ...bed.deps, concurrency: 0 })).toBe(1)
})

async function leave(name: string, ageMs: number) {
  await mkdir(bed.deps.workFolder, { recursive: true })
  const path = join(bed.deps.workFolder, name)
  await writeFile(path, 'bytes')
  const at = new Date(bed.deps.now().getTime() - ageMs)
  await utimes(path, at, at)
  return path
}

const twoHoursMs = 2 * 60 * 60_000

test('what lies in the work folder for generations that are over or gone is removed', async () => {
  const stored = await queueFile(bed.deps)
  const { id: running } = await queueFile(bed.deps)
  await advance(stored.id, bed.deps)
  await drive(stored.id, bed.deps, { mayStore: true })
  expect(await stateOf(stored.id)).toBe('completed')
  await leave(`${stored.id}.fetched`, twoHoursMs)
  await leave(`${newId('file')}.lease_1.part`, twoHoursMs)
  await leave(`${newId('file')}.fetched`, 0)
  await leave(`${running}.fetched`, twoHoursMs)
  await leave('somebody-else', twoHoursMs)
  expect(await sweepWorkFolder(bed.deps)).toBe(2)
  const left = await readdir(bed.deps.workFolder)
  expect(left).toHaveLength(3)
  expect(left).toEqual(expect.arrayContaining([`${running}.fetched`, 'somebody-else']))
})

test('a work folder that does not exist holds nothing', async () => {
  expect(await sweepWorkFolder(bed.deps)).toBe(0)
})

test('a deletion takes the fetched bytes along', async () => {
  const { id } = await queueFile(bed.deps)
  await advance(id, bed.deps)
  await advance(id, bed.deps)
  const path = await leave(`${id}.fetched`, 0)
  await deleteGeneration('somebody', id, bed.deps)
  expect(await findGeneration(id)).toBeUndefined()
  await expect(access(path)).rejects.toThrow('ENOENT')
})
