import { expect } from 'vitest'
import { queueVeo } from '../../../tests/support/generations/queue-veo.ts'
import {
  driveToEnd,
  queueFile,
  testGeneration,
} from '../../../tests/support/generations/test-generation.ts'
import { setRow } from '../../../tests/support/database/set-row.ts'
import { veoBed } from '../../../tests/support/database/with-bed.ts'
import { advance } from '../engine/advance.ts'
import { findGeneration } from '../queries.ts'
import { applyEvent } from '../store.ts'
import { holdBackQueued } from './hold-back-queued.ts'

const { test, bed } = veoBed(({ kie, vertex }) => testGeneration([kie, vertex], { concurrency: 1 }))

test('P9: what was queued in a backup is never submitted by itself', async () => {
  const { id } = await queueVeo(bed.deps)
  expect(await holdBackQueued()).toBe(1)
  await driveToEnd(id, bed.deps, 20)
  expect(await findGeneration(id)).toMatchObject({
    state: 'submit_unknown',
    costMicros: null,
    attempts: [{ outcome: 'unknown', costMicros: null, provider: 'kie' }],
  })
  expect(bed.kie.jobs).toHaveLength(0)
  // Restored again, or its restore cut off and begun again: once is enough.
  expect(await holdBackQueued()).toBe(0)

  await applyEvent(id, { type: 'resubmit_requested', ownerId: 'somebody' }, bed.deps.databaseClock)
  const { row } = await driveToEnd(id, bed.deps)
  expect(row).toMatchObject({ state: 'completed' })
  expect(bed.kie.jobs).toHaveLength(1)
})

test('P9: what its owner had called off is not asked about, and costs nothing', async () => {
  const { id } = await queueVeo(bed.deps)
  await setRow(id, { cancelRequestedAt: bed.deps.now() })
  expect(await holdBackQueued()).toBe(0)
  await advance(id, bed.deps, { force: true })
  expect(await findGeneration(id)).toMatchObject({ state: 'canceled', attempts: [] })
})

test('P9: what is free goes on by itself', async () => {
  const { id } = await queueFile(bed.deps, { ceilingMicros: 0, quotedMicros: 0, priceMicros: 0 })
  expect(await holdBackQueued()).toBe(0)
  expect(await findGeneration(id)).toMatchObject({ state: 'queued' })
})
