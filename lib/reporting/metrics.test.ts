import { expect, test } from 'vitest'
import { queueVeo } from '../../tests/support/queue-veo.ts'
import { type ScriptedProvider, aProviderError } from '../../tests/support/scripted-provider.ts'
import { withVeo } from '../../tests/support/with-veo.ts'
import {
  type TestGeneration,
  driveToEnd,
  testGeneration,
} from '../../tests/support/test-generation.ts'
import { deleteGeneration } from '../generations/commands/delete.ts'
import { advance } from '../generations/engine/advance.ts'
import { findGeneration } from '../generations/queries.ts'
import { metricsText } from './metrics.ts'

let kie: ScriptedProvider
let vertex: ScriptedProvider
let deps: TestGeneration

withVeo((made) => {
  ;({ kie, vertex } = made)
  deps = testGeneration([kie, vertex])
  return deps
})

test('every family is there, with its help and type, before anything was made', async () => {
  const lines = (await metricsText()).split('\n')
  const families = lines.filter((line) => line.startsWith('# TYPE ')).map((line) => line.slice(7))
  expect(families).toEqual([
    'photofinish_files gauge',
    'photofinish_attempts_started_total counter',
    'photofinish_attempts_total counter',
    'photofinish_fallbacks_total counter',
    'photofinish_generation_seconds_sum counter',
    'photofinish_generation_seconds_count counter',
    'photofinish_spent_usd_total counter',
    'photofinish_saved_usd_total counter',
  ])
  expect(lines.filter((line) => line.startsWith('# HELP '))).toHaveLength(families.length)
  expect(lines.at(-1)).toBe('')
})

test('what was made, paid and saved is told as it was', async () => {
  const made = await queueVeo(deps)
  kie.onCheck = async () => {
    deps.pass(42_000)
    return vertex.onCheck(null)
  }
  await driveToEnd(made.id, deps)
  kie.onSubmit = () => Promise.reject(aProviderError({ retryable: false }, 'auth'))
  const moved = await queueVeo(deps)
  await driveToEnd(moved.id, deps)
  await queueVeo(deps)

  const samples = (await metricsText()).split('\n').filter((line) => line && !line.startsWith('#'))
  const saved = samples.pop()!.split(' ')
  expect(saved[0]).toBe('photofinish_saved_usd_total')
  expect(Number(saved[1])).toBeCloseTo(0.8)
  expect(samples.toSorted()).toEqual(
    [
      'photofinish_files{state="queued"} 1',
      'photofinish_attempts_started_total{provider="kie"} 2',
      'photofinish_attempts_started_total{provider="vertex"} 1',
      ...outcomesOf('kie', { completed: 1, refused: 1 }),
      ...outcomesOf('vertex', { completed: 1 }),
      'photofinish_fallbacks_total{provider="kie"} 1',
      'photofinish_fallbacks_total{provider="vertex"} 0',
      'photofinish_generation_seconds_sum{provider="kie"} 42',
      'photofinish_generation_seconds_sum{provider="vertex"} 0',
      'photofinish_generation_seconds_count{provider="kie"} 1',
      'photofinish_generation_seconds_count{provider="vertex"} 1',
      'photofinish_spent_usd_total{provider="kie"} 0.4',
      'photofinish_spent_usd_total{provider="vertex"} 1.2',
    ].toSorted(),
  )
})

test('counters only rise, whatever is deleted', async () => {
  const { id } = await queueVeo(deps)
  await driveToEnd(id, deps)
  const before = await metricsText()
  expect(before).toContain('photofinish_spent_usd_total{provider="kie"} 0.4')
  await deleteGeneration('somebody', id, deps)
  expect(await findGeneration(id)).toBeUndefined()
  expect(await metricsText()).toBe(before)
})

test('an outcome that is corrected later counts where it ends as well', async () => {
  const { id } = await queueVeo(deps)
  const made = kie.onSubmit
  let key = ''
  kie.onSubmit = async (idempotencyKey, ...rest) => {
    key = idempotencyKey
    await made(idempotencyKey, ...rest)
    throw new Error('the answer was lost')
  }
  await advance(id, deps)
  expect(await metricsText()).toContain('attempts_total{provider="kie",outcome="unknown"} 1')
  kie.find = async () => ({ operation: { job: key } })
  await driveToEnd(id, deps)
  const text = await metricsText()
  expect(text).toContain('attempts_total{provider="kie",outcome="unknown"} 1')
  expect(text).toContain('attempts_total{provider="kie",outcome="completed"} 1')
  expect(text).toContain('attempts_started_total{provider="kie"} 1')
})

function outcomesOf(provider: string, counts: Record<string, number>) {
  return ['completed', 'failed', 'refused', 'unknown', 'canceled'].map(
    (outcome) =>
      `photofinish_attempts_total{provider="${provider}",outcome="${outcome}"} ${counts[outcome] ?? 0}`,
  )
}
