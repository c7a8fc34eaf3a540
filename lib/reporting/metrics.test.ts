import { expect } from 'vitest'
import { queueVeo } from '../../tests/support/generations/queue-veo.ts'
import { aProviderError } from '../../tests/support/generations/scripted-provider.ts'
import { driveToEnd } from '../../tests/support/generations/test-generation.ts'
import { veoBed } from '../../tests/support/database/with-bed.ts'
import { deleteGeneration } from '../generations/commands/delete.ts'
import { advance } from '../generations/engine/advance.ts'
import { findGeneration } from '../generations/queries.ts'
import { metricsText } from './metrics.ts'

const { test, bed } = veoBed()

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
  const made = await queueVeo(bed.deps)
  bed.kie.onCheck = async () => {
    bed.deps.pass(42_000)
    return bed.vertex.onCheck(null)
  }
  await driveToEnd(made.id, bed.deps)
  bed.kie.onSubmit = () => Promise.reject(aProviderError({ retryable: false }, 'auth'))
  const moved = await queueVeo(bed.deps)
  await driveToEnd(moved.id, bed.deps)
  await queueVeo(bed.deps)

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
  const { id } = await queueVeo(bed.deps)
  await driveToEnd(id, bed.deps)
  const before = await metricsText()
  expect(before).toContain('photofinish_spent_usd_total{provider="kie"} 0.4')
  await deleteGeneration('somebody', id, bed.deps)
  expect(await findGeneration(id)).toBeUndefined()
  expect(await metricsText()).toBe(before)
})

test('an outcome that is corrected later counts where it ends as well', async () => {
  const { id } = await queueVeo(bed.deps)
  const made = bed.kie.onSubmit
  let key = ''
  bed.kie.onSubmit = async (idempotencyKey, ...rest) => {
    key = idempotencyKey
    await made(idempotencyKey, ...rest)
    throw new Error('the answer was lost')
  }
  await advance(id, bed.deps)
  expect(await metricsText()).toContain('attempts_total{provider="kie",outcome="unknown"} 1')
  bed.kie.find = async () => ({ operation: { job: key } })
  await driveToEnd(id, bed.deps)
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
