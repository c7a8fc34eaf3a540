import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { expect } from 'vitest'
import { queueVeo } from '../../../tests/support/generations/queue-veo.ts'
import { aProviderError } from '../../../tests/support/generations/scripted-provider.ts'
import { driveToEnd, testGeneration } from '../../../tests/support/generations/test-generation.ts'
import { tinyMp4 } from '../../../tests/support/films/tiny-mp4.ts'
import { veoBed } from '../../../tests/support/database/with-bed.ts'
import type { CheckResult, SubmitResult } from '../../ai/providers/provider.ts'
import { resubmit } from '../commands/resubmit.ts'
import { advance } from '../engine/advance.ts'
import { findGeneration } from '../queries.ts'

const { test, bed } = veoBed(({ kie }) => testGeneration(kie))

/**
 * A submit whose process was presumed dead answers with its video while the one that its owner asked for instead is
 * under way.
 */
async function answeredBesideAnother() {
  const called = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<SubmitResult>()
  const usual = bed.kie.onSubmit
  bed.kie.onSubmit = () => {
    called.resolve()
    return answer.promise
  }
  const { id } = await queueVeo(bed.deps)
  const presumedDead = advance(id, bed.deps)
  await called.promise
  const first = (await findGeneration(id))!.attemptKey!
  bed.deps.pass(bed.deps.pace.leaseMs + 1)
  await advance(id, bed.deps)
  await resubmit(callerNamed('somebody'), id, bed.deps)
  bed.kie.onSubmit = usual
  await advance(id, bed.deps, { force: true })
  expect((await findGeneration(id))!.state).toBe('waiting')

  answer.resolve({ completed: { kind: 'path', path: await tinyMp4() } })
  await presumedDead
  return { id, first }
}

const failed = async (): Promise<CheckResult> => ({
  status: 'failed',
  error: aProviderError({ retryable: false }, 'content_policy'),
  costMicros: 100_000,
})

test('a video that comes during another attempt is booked, and stored should that fail', async () => {
  const { id, first } = await answeredBesideAnother()
  expect(await findGeneration(id)).toMatchObject({
    state: 'waiting',
    attempts: [{ outcome: 'completed', costMicros: 400_000 }, { outcome: 'accepted' }],
  })
  bed.kie.onCheck = failed
  const { row } = await driveToEnd(id, bed.deps)
  expect(row).toMatchObject({ state: 'completed', attemptKey: first, costMicros: 500_000 })
  expect(row!.asset).toMatchObject({ width: 64 })
})

test('it is stored where the bytes of the other cannot be had', async () => {
  const { id, first } = await answeredBesideAnother()
  bed.kie.onCheck = async () => ({ status: 'completed', output: { kind: 'fetch' } })
  bed.kie.fetch = () => Promise.reject(aProviderError({ retryable: false }, 'not_found_or_expired'))
  const { row } = await driveToEnd(id, bed.deps, 200)
  expect(row).toMatchObject({ state: 'completed', attemptKey: first, costMicros: 800_000 })
})

test('it is not needed where the other brings a video', async () => {
  const { id, first } = await answeredBesideAnother()
  const { row } = await driveToEnd(id, bed.deps)
  expect(row).toMatchObject({ state: 'completed', output: null, costMicros: 800_000 })
  expect(row!.attemptKey).not.toBe(first)
})
