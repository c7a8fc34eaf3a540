import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { says } from '../../../tests/support/says.ts'
import { describe, expect } from 'vitest'
import { queueVeo } from '../../../tests/support/generations/queue-veo.ts'
import {
  aProviderError,
  scriptedProvider,
} from '../../../tests/support/generations/scripted-provider.ts'
import {
  driveToEnd,
  queueFile,
  testGeneration,
} from '../../../tests/support/generations/test-generation.ts'
import { tinyMp4 } from '../../../tests/support/films/tiny-mp4.ts'
import { veoBed } from '../../../tests/support/database/with-bed.ts'
import { findGeneration } from '../queries.ts'
import { advance } from '../engine/advance.ts'
import { cancelGeneration } from '../commands/cancel.ts'
import { resubmit } from '../commands/resubmit.ts'
import { receiveWebhook } from '../webhooks/webhooks.ts'

const { test, bed } = veoBed(undefined, { hasQueue: true })

const lost = aProviderError(
  { submitOutcome: 'unknown', retryable: false },
  'unknown_submit_outcome',
)

/** Has a webhook name the job of an attempt. */
function nameJob(idempotencyKey: string, providerJobId: string) {
  bed.kie.readWebhook = () => ({ providerJobId, deliveryId: 'd' })
  const sent = { headers: new Headers(), body: new Uint8Array() }
  return receiveWebhook({ provider: 'kie', idempotencyKey, ...sent }, bed.deps)
}

/** A generation whose submit made a job at Kie.ai, of which we have not heard. */
async function lostAnswer(differences: Parameters<typeof queueVeo>[1] = {}) {
  const makeAndAnswer = bed.kie.onSubmit
  bed.kie.onSubmit = (token) => {
    bed.kie.onSubmit = makeAndAnswer
    bed.kie.makeJob(token)
    return Promise.reject(lost)
  }
  const { id } = await queueVeo(bed.deps, differences)
  await advance(id, bed.deps)
  await advance(id, bed.deps)
  const row = (await findGeneration(id))!
  expect(row.state).toBe('submit_unknown')
  return row
}

describe('the user’s decision', () => {
  test('submits again, once, and leaves both attempts on record', async () => {
    const { id } = await lostAnswer()
    const again = await resubmit(callerNamed('somebody'), id, bed.deps)
    expect(again).toMatchObject({
      state: 'queued',
      attemptKey: null,
      queuePlace: 1,
      routeReason: says('Retried at your request.'),
    })
    const { row } = await driveToEnd(id, bed.deps)
    expect(row).toMatchObject({ state: 'completed', provider: 'kie' })
    expect(row!.attempts).toMatchObject([
      { number: 1, outcome: 'unknown', costMicros: null },
      {
        number: 2,
        outcome: 'completed',
        costMicros: 400_000,
        reason: says('Retried at your request.'),
      },
    ])
    expect(bed.kie.requests).toHaveLength(2)
    expect(bed.vertex.requests).toEqual([])
  })

  test('counts once where it is made twice', async () => {
    const { id } = await lostAnswer()
    const decided = await Promise.allSettled(
      Array.from({ length: 4 }, () => resubmit(callerNamed('somebody'), id, bed.deps)),
    )
    expect(decided.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await driveToEnd(id, bed.deps)
    expect(bed.kie.requests).toHaveLength(2)
  })

  test.each(['queued', 'waiting', 'storing', 'completed'])(
    'is none where it is %s',
    async (state) => {
      const { id } = await queueVeo(bed.deps)
      while ((await findGeneration(id))!.state !== state) await advance(id, bed.deps)
      await expect(resubmit(callerNamed('somebody'), id, bed.deps)).rejects.toMatchObject({
        code: 'not_possible_now',
      })
      await driveToEnd(id, bed.deps)
      expect(bed.kie.requests).toHaveLength(1)
    },
  )

  test('is the owner’s alone', async () => {
    const { id } = await lostAnswer()
    expect(await resubmit(callerNamed('a stranger'), id, bed.deps)).toBeUndefined()
    expect((await findGeneration(id))!.state).toBe('submit_unknown')
  })
})

describe('a submit whose outcome is not known', () => {
  test('is taken up by the job that a webhook named', async () => {
    const { id, attemptKey } = await lostAnswer()
    bed.kie.adopt = async (reference) => ({ operation: { job: reference } })
    await nameJob(attemptKey!, 'veo_task_1')
    await advance(id, bed.deps, { force: true })
    expect(await findGeneration(id)).toMatchObject({
      state: 'waiting',
      operation: { job: 'veo_task_1' },
      attempts: [{ outcome: 'accepted', providerJobId: 'veo_task_1' }],
    })
    expect((await driveToEnd(id, bed.deps)).row).toMatchObject({ state: 'completed' })
    expect(bed.kie.requests).toHaveLength(1)
  })

  test('stays unknown where the provider does not know that job: it may be forged', async () => {
    const { id, attemptKey } = await lostAnswer()
    bed.kie.adopt = async () => null
    await nameJob(attemptKey!, 'x')
    await driveToEnd(id, bed.deps, 5)
    expect((await findGeneration(id))!.state).toBe('submit_unknown')
    expect(bed.kie.requests).toHaveLength(1)
  })

  test('is not submitted again where a look finds nothing, for it is paid', async () => {
    const { id, attemptKey } = await lostAnswer()
    bed.kie.find = async () => null
    await driveToEnd(id, bed.deps, 20)
    expect(await findGeneration(id)).toMatchObject({
      state: 'submit_unknown',
      costMicros: null,
      attempts: [{ outcome: 'unknown', costMicros: null }],
    })
    expect(bed.kie.requests).toHaveLength(1)

    // A later look finds it: the first one may have come before the submit had arrived.
    bed.kie.find = async () => ({ operation: { job: attemptKey } })
    const { row } = await driveToEnd(id, bed.deps)
    expect(row).toMatchObject({ state: 'completed', costMicros: 400_000 })
    expect(bed.kie.requests).toHaveLength(1)
  })

  test('is submitted again where a look finds nothing, and it costs nothing in any case', async () => {
    const local = scriptedProvider({ videoPath: await tinyMp4() })
    bed.deps = testGeneration(local)
    const submit = local.onSubmit
    local.onSubmit = () => {
      local.onSubmit = submit
      return Promise.reject(lost)
    }
    const { id } = await queueFile(bed.deps)
    await advance(id, bed.deps)
    await advance(id, bed.deps)
    expect(await findGeneration(id)).toMatchObject({
      state: 'queued',
      attempts: [{ outcome: 'refused', costMicros: 0 }],
    })
    expect((await driveToEnd(id, bed.deps)).row).toMatchObject({
      state: 'completed',
      costMicros: 0,
    })
  })

  const minute = 60_000
  test.each([
    ['the model’s slowest tenth takes', { seconds: 90, p90Seconds: 120, runs: 9 }, 2 * minute],
    ['the model usually takes', { seconds: 90, p90Seconds: null, runs: 3 }, 1.5 * minute],
    [
      'five minutes, where it takes longer',
      { seconds: 900, p90Seconds: 1_200, runs: 9 },
      5 * minute,
    ],
    ['five minutes, where nothing is known of it', null, 5 * minute],
  ])('holds a slot no longer than %s', async (_name, expected, heldMs) => {
    bed.deps = testGeneration([bed.kie], { concurrency: 1 })
    const { startedAt, slotUntil } = await lostAnswer({ expected })
    expect(slotUntil!.getTime() - startedAt!.getTime()).toBe(heldMs)
    const { id } = await queueVeo(bed.deps)
    await advance(id, bed.deps, { force: true })
    expect((await findGeneration(id))!.state).toBe('queued')
    bed.deps.pass(heldMs)
    await advance(id, bed.deps, { force: true })
    expect((await findGeneration(id))!.state).toBe('waiting')
  })

  test('can be given up by its user, at a price that is not known', async () => {
    const { id } = await lostAnswer()
    await cancelGeneration('somebody', id, bed.deps)
    expect(await findGeneration(id)).toMatchObject({
      state: 'canceled',
      costMicros: null,
      attempts: [{ outcome: 'canceled', costMicros: null }],
    })
    expect(bed.kie.canceled).toEqual([])
  })

  test('is looked up first where it can be, and then stopped at the provider', async () => {
    const { id, attemptKey } = await lostAnswer({ isCancelable: true })
    bed.kie.find = async () => ({ operation: { job: attemptKey } })
    bed.kie.cancel = async (operation) => void bed.kie.canceled.push(operation)
    await cancelGeneration('somebody', id, bed.deps)
    expect(await findGeneration(id)).toMatchObject({ state: 'canceled', costMicros: 0 })
    expect(bed.kie.canceled).toEqual([{ job: attemptKey }])
  })
})
