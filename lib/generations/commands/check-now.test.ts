import { expect } from 'vitest'
import { queueVeo } from '../../../tests/support/generations/queue-veo.ts'
import { veoBed } from '../../../tests/support/database/with-bed.ts'
import { advance } from '../engine/advance.ts'
import { checkNow } from './check-now.ts'

const { test, bed } = veoBed(undefined, { hasQueue: true })

test('S8: 100 checks of one video are one look, and all are told the same', async () => {
  let looks = 0
  bed.kie.onCheck = async () => {
    looks++
    return { status: 'pending', progress: 40, checkAgainMs: 60_000 }
  }
  const { id, ownerId } = await queueVeo(bed.deps)
  await advance(id, bed.deps)
  const rows = await Promise.all(Array.from({ length: 100 }, () => checkNow(ownerId, id, bed.deps)))
  expect(looks).toBe(1)
  expect(new Set(rows.map((row) => row?.version)).size).toBe(1)
  for (let index = 0; index < 20; index++) await checkNow(ownerId, id, bed.deps)
  expect(looks).toBe(1)

  bed.deps.pass(3_000)
  await checkNow(ownerId, id, bed.deps)
  expect(looks).toBe(2)
  expect(await checkNow('a stranger', id, bed.deps)).toBeUndefined()
})
