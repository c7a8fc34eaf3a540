import { expect } from 'vitest'
import { queueVeo } from '../../../tests/support/generations/queue-veo.ts'
import { aProviderError } from '../../../tests/support/generations/scripted-provider.ts'
import { setRow } from '../../../tests/support/database/set-row.ts'
import { driveToEnd, testGeneration } from '../../../tests/support/generations/test-generation.ts'
import { veoBed } from '../../../tests/support/database/with-bed.ts'
import { advance } from '../engine/advance.ts'
import { findGeneration } from '../queries.ts'

const { test, bed } = veoBed(({ kie, vertex }) => testGeneration([kie, vertex], { concurrency: 1 }))

test('what is free is done before a slot is taken and an attempt begun', async () => {
  const { id } = await queueVeo(bed.deps)
  let meanwhile: unknown
  bed.kie.onPrepare = async () => void (meanwhile = await findGeneration(id))
  await advance(id, bed.deps)
  expect(meanwhile).toMatchObject({ state: 'queued', slotUntil: null, attempts: [] })
  expect(await findGeneration(id)).toMatchObject({ state: 'waiting' })
})

test('a refusal of it is an attempt that made no job, and another provider steps in', async () => {
  bed.kie.onPrepare = () => Promise.reject(aProviderError({ retryable: false }, 'invalid_input'))
  const { id } = await queueVeo(bed.deps)
  const { row } = await driveToEnd(id, bed.deps)
  expect(row).toMatchObject({
    state: 'completed',
    provider: 'vertex',
    costMicros: 1_200_000,
    attempts: [
      { provider: 'kie', outcome: 'refused', costMicros: 0, errorCode: 'invalid_input' },
      { provider: 'vertex', outcome: 'completed' },
    ],
  })
  expect(bed.kie.jobs).toEqual([])
})

test('an error that was not foreseen in it proves that no job was made: it is tried again', async () => {
  let faults = 2
  bed.kie.onPrepare = async () => {
    if (faults-- > 0) throw new Error('the picture could not be read')
  }
  const { id } = await queueVeo(bed.deps)
  const { row } = await driveToEnd(id, bed.deps)
  expect(row).toMatchObject({ state: 'completed', provider: 'kie', costMicros: 400_000 })
  expect(row!.attempts.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'completed'])
  expect(bed.kie.jobs).toHaveLength(1)
})

test('where the slot went to another meanwhile, nothing is submitted', async () => {
  const { id } = await queueVeo(bed.deps)
  const other = await queueVeo(bed.deps)
  const slotUntil = new Date(bed.deps.now().getTime() + 60_000)
  bed.kie.onPrepare = async () => void (await setRow(other.id, { state: 'waiting', slotUntil }))
  expect(await advance(id, bed.deps)).toMatchObject({ waitsForSlot: true })
  expect(await findGeneration(id)).toMatchObject({ state: 'queued', attempts: [] })
  expect(bed.kie.jobs).toEqual([])
  bed.deps.pass(60_000)
  bed.kie.onPrepare = async () => {}
  await advance(id, bed.deps)
  expect(bed.kie.jobs).toHaveLength(1)
})

test('where the process ends meanwhile, nothing has failed', async () => {
  const ended = new AbortController()
  bed.deps = Object.assign(bed.deps, { signal: ended.signal })
  bed.kie.onPrepare = async () => {
    ended.abort()
    throw new Error('aborted')
  }
  const { id } = await queueVeo(bed.deps)
  await advance(id, bed.deps)
  expect(await findGeneration(id)).toMatchObject({ state: 'queued', failures: 0, attempts: [] })
})

test('P8: on a full disk nothing is submitted, and it goes on once there is space', async () => {
  let state: 'full' | 'ok' = 'full'
  bed.deps = {
    ...bed.deps,
    storage: { ...bed.deps.storage, room: async () => ({ state, freeBytes: 1 }) },
  }
  const { id } = await queueVeo(bed.deps)
  await advance(id, bed.deps)
  expect(await findGeneration(id)).toMatchObject({
    state: 'queued',
    wait: { code: 'storage_full' },
    attempts: [],
  })
  state = 'ok'
  const { row } = await driveToEnd(id, bed.deps)
  expect(row).toMatchObject({ state: 'completed', wait: null })
  expect(row!.attempts).toHaveLength(1)
})
