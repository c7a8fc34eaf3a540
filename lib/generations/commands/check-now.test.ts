import { afterAll, beforeAll, expect, test } from 'vitest'
import { queueVeo } from '../../../tests/support/queue-veo.ts'
import type { ScriptedProvider } from '../../../tests/support/scripted-provider.ts'
import { type TestGeneration, testGeneration } from '../../../tests/support/test-generation.ts'
import { withVeo } from '../../../tests/support/with-veo.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'
import { advance } from '../engine/advance.ts'
import { checkNow } from './check-now.ts'

let kie: ScriptedProvider
let deps: TestGeneration

withVeo((made) => {
  kie = made.kie
  deps = testGeneration([kie, made.vertex])
  return deps
})
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

test('S8: 100 checks of one video are one look, and all are told the same', async () => {
  let looks = 0
  kie.onCheck = async () => {
    looks++
    return { status: 'pending', progress: 40, checkAgainMs: 60_000 }
  }
  const { id, ownerId } = await queueVeo(deps)
  await advance(id, deps)
  const rows = await Promise.all(Array.from({ length: 100 }, () => checkNow(ownerId, id, deps)))
  expect(looks).toBe(1)
  expect(new Set(rows.map((row) => row?.version)).size).toBe(1)
  for (let index = 0; index < 20; index++) await checkNow(ownerId, id, deps)
  expect(looks).toBe(1)

  deps.pass(3_000)
  await checkNow(ownerId, id, deps)
  expect(looks).toBe(2)
  expect(await checkNow('a stranger', id, deps)).toBeUndefined()
})
