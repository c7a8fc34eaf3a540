import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { aProviderError } from '../../../tests/support/generations/scripted-provider.ts'
import { duringBackup } from '../../../tests/support/database/during-backup.ts'
import { killedInSubmit } from '../../../tests/support/generations/killed-in-submit.ts'
import { driveToEnd, queueFile } from '../../../tests/support/generations/test-generation.ts'
import { localBed } from '../../../tests/support/database/with-bed.ts'
import { findInputs } from '../../assets/assets.ts'
import { database } from '../../db/client.ts'
import { asset } from '../../db/asset-schema.ts'
import { findGeneration } from '../queries.ts'
import { applyEvent } from '../store.ts'
import { advance } from './advance.ts'
import { usualPace } from '../../pace.ts'

const { test, bed } = localBed()

const ownerId = 'somebody'
const { leaseMs } = usualPace

const wantsCancel = (id: string) =>
  applyEvent(id, { type: 'cancel_requested', ownerId }, bed.deps.now)
const wantsDeletion = (id: string) =>
  applyEvent(id, { type: 'delete_requested', ownerId }, bed.deps.now)

describe('a crash', () => {
  const kill = (id: string) => killedInSubmit(id, { now: bed.deps.now, leaseMs })

  test('before the call: nothing was made, so it is submitted, once', async () => {
    const { id } = await queueFile(bed.deps)
    await kill(id)
    const { row } = await driveToEnd(id, bed.deps)
    expect(row?.state).toBe('completed')
    expect(bed.provider.jobs).toHaveLength(1)
  })

  test('between the call and the commit: the job is found, and not made again', async () => {
    const { id } = await queueFile(bed.deps)
    const key = await kill(id)
    bed.provider.makeJob(key)
    const { row } = await driveToEnd(id, bed.deps)
    expect(row?.state).toBe('completed')
    expect(bed.provider.jobs).toEqual([key])
  })

  test('leaves the generation to others only when its lease has ended', async () => {
    const { id } = await queueFile(bed.deps)
    await kill(id)
    const step = await advance(id, bed.deps, { force: true })
    expect(step.stepped).toBe(false)
    expect(step.dueAt!.getTime() - bed.deps.now().getTime()).toBe(leaseMs)
  })

  test('of a process presumed dead that is not: what it wants to write later is not written', async () => {
    const { id } = await queueFile(bed.deps)
    await advance(id, bed.deps)
    const late = Promise.withResolvers<{
      status: 'failed'
      error: ReturnType<typeof aProviderError>
    }>()
    const prompt = bed.provider.onCheck
    bed.provider.onCheck = () => late.promise
    const zombie = advance(id, bed.deps)
    await expect.poll(() => bed.provider.checks).toBe(1)
    bed.deps.pass(leaseMs + 1)
    bed.provider.onCheck = prompt
    await driveToEnd(id, bed.deps)
    late.resolve({ status: 'failed', error: aProviderError() })
    await zombie
    expect((await findGeneration(id))?.state).toBe('completed')
  })
})

describe('a wish to stop', () => {
  test('ends a queued file without a submit', async () => {
    const { id } = await queueFile(bed.deps)
    await wantsCancel(id)
    await advance(id, bed.deps)
    expect((await findGeneration(id))?.state).toBe('canceled')
    expect(bed.provider.jobs).toHaveLength(0)
  })

  test('stops a running one at the provider', async () => {
    const { id } = await queueFile(bed.deps)
    await advance(id, bed.deps)
    await wantsCancel(id)
    await advance(id, bed.deps, { force: true })
    expect((await findGeneration(id))?.state).toBe('canceled')
    expect(bed.provider.canceled).toHaveLength(1)
  })

  test('that comes in the middle of a step is seen right after it', async () => {
    const { id } = await queueFile(bed.deps)
    await advance(id, bed.deps)
    bed.provider.onCheck = async () => {
      await wantsCancel(id)
      return { status: 'pending', checkAgainMs: 60_000 }
    }
    const { dueAt } = await advance(id, bed.deps)
    expect(dueAt!.getTime()).toBe(bed.deps.now().getTime())
    await advance(id, bed.deps)
    expect((await findGeneration(id))?.state).toBe('canceled')
  })

  test('a deletion takes the job, the bytes, the asset and the row', async () => {
    const { id } = await queueFile(bed.deps)
    await driveToEnd(id, bed.deps)
    await wantsDeletion(id)
    await advance(id, bed.deps)
    expect(await findGeneration(id)).toBeUndefined()
    expect(await findInputs(ownerId, [id])).toEqual([])
    expect(await database().select().from(asset)).toEqual([])
    expect(existsSync(join(bed.deps.folder, 'media', id))).toBe(false)
  })

  test('P9: the bytes of a deleted video stay while a backup is made, and go after it', async () => {
    const { id } = await queueFile(bed.deps)
    await driveToEnd(id, bed.deps)
    await wantsDeletion(id)
    const film = join(bed.deps.folder, 'media', id)
    await duringBackup(() => advance(id, bed.deps))
    expect(existsSync(film)).toBe(true)
    await driveToEnd(id, bed.deps)
    expect(existsSync(film)).toBe(false)
    expect(await findGeneration(id)).toBeUndefined()
  })

  test('a deletion in mid-flight cancels first', async () => {
    const { id } = await queueFile(bed.deps)
    await advance(id, bed.deps)
    await wantsDeletion(id)
    await advance(id, bed.deps)
    expect(await findGeneration(id)).toBeUndefined()
    expect(bed.provider.canceled).toHaveLength(1)
  })
})

describe('looking and storing', () => {
  test('a look that fails is no failure of the video', async () => {
    const { id } = await queueFile(bed.deps)
    await advance(id, bed.deps)
    let outages = 40
    const prompt = bed.provider.onCheck
    bed.provider.onCheck = (operation) =>
      outages-- > 0 ? Promise.reject(new Error('502')) : prompt(operation)
    const { row } = await driveToEnd(id, bed.deps, 100)
    expect(row?.state).toBe('completed')
    expect(bed.provider.jobs).toHaveLength(1)
  })

  test('a full disk is waited for', async () => {
    const { id } = await queueFile(bed.deps)
    const { storage } = bed.deps
    let full = 5
    bed.deps.storage = {
      ...storage,
      put: (key, path) =>
        full-- > 0
          ? Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }))
          : storage.put(key, path),
    }
    const { row } = await driveToEnd(id, bed.deps)
    expect(row?.state).toBe('completed')
  })

  test('bytes that are no video are never shown as one', async () => {
    const { id } = await queueFile(bed.deps)
    bed.provider.onCheck = async () => ({
      status: 'completed',
      output: { kind: 'path', path: import.meta.filename },
    })
    const { row } = await driveToEnd(id, bed.deps)
    expect(row).toMatchObject({ state: 'failed', errorCode: 'generation_failed' })
    expect(existsSync(join(bed.deps.folder, 'media', id))).toBe(false)
  })

  test('bytes that were gone before they were ours are asked for again', async () => {
    const { id } = await queueFile(bed.deps)
    const prompt = bed.provider.onCheck
    let lost = true
    bed.provider.onCheck = async (operation) => {
      if (!lost) return prompt(operation)
      lost = false
      return { status: 'completed', output: { kind: 'path', path: '/nowhere/video.mp4' } }
    }
    const { row } = await driveToEnd(id, bed.deps)
    expect(row?.state).toBe('completed')
    expect(bed.provider.jobs).toHaveLength(1)
  })

  test('bytes that are gone and cannot be asked for again are a clear failure', async () => {
    const { id } = await queueFile(bed.deps)
    bed.provider.onSubmit = async () => ({
      completed: { kind: 'path', path: '/nowhere/video.mp4' },
    })
    const { row } = await driveToEnd(id, bed.deps)
    expect(row).toMatchObject({ state: 'failed', errorCode: 'output_expired' })
  })

  test('a provider that is switched off meanwhile loses nothing', async () => {
    const { id } = await queueFile(bed.deps)
    await advance(id, bed.deps)
    const off = { ...bed.deps, providers: new Map() }
    await advance(id, off)
    expect((await findGeneration(id))?.state).toBe('waiting')
    bed.deps.pass(120_000)
    expect((await driveToEnd(id, bed.deps)).row?.state).toBe('completed')
  })
})
