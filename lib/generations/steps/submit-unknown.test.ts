import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { queueVeo } from '../../../tests/support/queue-veo.ts'
import { type ScriptedProvider, aProviderError } from '../../../tests/support/scripted-provider.ts'
import { withVeo } from '../../../tests/support/with-veo.ts'
import {
  type TestGeneration,
  driveToEnd,
  testGeneration,
} from '../../../tests/support/test-generation.ts'
import { findGeneration } from '../queries.ts'
import { takeIn } from '../files/webhook-inbox.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'
import { advance } from '../engine/advance.ts'
import { cancelGeneration } from '../commands/cancel.ts'
import { resubmit } from '../commands/resubmit.ts'

let kie: ScriptedProvider
let vertex: ScriptedProvider
let deps: TestGeneration

withVeo((made) => {
  ;({ kie, vertex } = made)
  deps = testGeneration([kie, vertex])
  return deps
})
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

const lost = aProviderError(
  { submitOutcome: 'unknown', retryable: false },
  'unknown_submit_outcome',
)

/** A file whose submit made a job at Kie.ai, of which we have not heard. */
async function lostAnswer(differences: Parameters<typeof queueVeo>[1] = {}) {
  const makeAndAnswer = kie.onSubmit
  kie.onSubmit = (token) => {
    kie.onSubmit = makeAndAnswer
    kie.makeJob(token)
    return Promise.reject(lost)
  }
  const { id } = await queueVeo(deps, differences)
  await advance(id, deps)
  await advance(id, deps)
  const row = (await findGeneration(id))!
  expect(row.state).toBe('submit_unknown')
  return row
}

describe('the user’s decision', () => {
  test('submits again, once, and leaves both attempts on record', async () => {
    const { id } = await lostAnswer()
    const again = await resubmit('somebody', id, deps)
    expect(again).toMatchObject({
      state: 'queued',
      token: null,
      queuePlace: 1,
      routeReason: 'Tried again at your wish.',
    })
    const { row } = await driveToEnd(id, deps)
    expect(row).toMatchObject({ state: 'completed', provider: 'kie' })
    expect(row!.attempts).toMatchObject([
      { number: 1, outcome: 'unknown', costUsd: null },
      { number: 2, outcome: 'completed', costUsd: 0.4, reason: 'Tried again at your wish.' },
    ])
    expect(kie.requests).toHaveLength(2)
    expect(vertex.requests).toEqual([])
  })

  test('counts once where it is made twice', async () => {
    const { id } = await lostAnswer()
    const decided = await Promise.allSettled(
      Array.from({ length: 4 }, () => resubmit('somebody', id, deps)),
    )
    expect(decided.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await driveToEnd(id, deps)
    expect(kie.requests).toHaveLength(2)
  })

  test.each(['queued', 'waiting', 'storing', 'completed'])(
    'is none where it is %s',
    async (state) => {
      const { id } = await queueVeo(deps)
      while ((await findGeneration(id))!.state !== state) await advance(id, deps)
      await expect(resubmit('somebody', id, deps)).rejects.toMatchObject({
        code: 'not_possible_now',
      })
      await driveToEnd(id, deps)
      expect(kie.requests).toHaveLength(1)
    },
  )

  test('is the owner’s alone', async () => {
    const { id } = await lostAnswer()
    expect(await resubmit('a stranger', id, deps)).toBeUndefined()
    expect((await findGeneration(id))!.state).toBe('submit_unknown')
  })
})

describe('a submit that nobody knows the outcome of', () => {
  test('is taken up by the reference that a callback named', async () => {
    const { id, token } = await lostAnswer()
    kie.adopt = async (reference) => ({ operation: { job: reference } })
    const reference = 'veo_task_1'
    const news = { provider: 'kie', deliveryId: 'd', reference, receivedAt: deps.now() }
    await takeIn({ ...news, token: token! })
    await advance(id, deps, { force: true })
    expect(await findGeneration(id)).toMatchObject({
      state: 'waiting',
      operation: { job: reference },
      attempts: [{ outcome: 'accepted', reference }],
    })
    expect((await driveToEnd(id, deps)).row).toMatchObject({ state: 'completed' })
    expect(kie.requests).toHaveLength(1)
  })

  test('stays unknown where the provider does not know that reference: it may be forged', async () => {
    const { id, token } = await lostAnswer()
    kie.adopt = async () => null
    const news = { provider: 'kie', deliveryId: 'd', reference: 'x', receivedAt: deps.now() }
    await takeIn({ ...news, token: token! })
    await driveToEnd(id, deps, 5)
    expect((await findGeneration(id))!.state).toBe('submit_unknown')
    expect(kie.requests).toHaveLength(1)
  })

  test('is put back into the queue where it is proven that there is no job', async () => {
    const { id } = await lostAnswer()
    kie.find = async () => null
    await advance(id, deps, { force: true })
    expect(await findGeneration(id)).toMatchObject({
      state: 'queued',
      attempts: [{ outcome: 'refused', costUsd: 0 }],
    })
  })

  test('holds a slot until its deadline, and none after it', async () => {
    deps = testGeneration([kie], { concurrency: 1 })
    await lostAnswer()
    const { id } = await queueVeo(deps, { createdAt: new Date(deps.now().getTime() + 1) })
    await advance(id, deps, { force: true })
    expect((await findGeneration(id))!.state).toBe('queued')
    deps.pass(30 * 60_000)
    await advance(id, deps, { force: true })
    expect((await findGeneration(id))!.state).toBe('waiting')
  })

  test('can be given up by its user, at a price that nobody knows', async () => {
    const { id } = await lostAnswer()
    await cancelGeneration('somebody', id, deps)
    expect(await findGeneration(id)).toMatchObject({
      state: 'canceled',
      actualUsd: null,
      attempts: [{ outcome: 'canceled', costUsd: null }],
    })
    expect(kie.canceled).toEqual([])
  })

  test('is looked up first where it can be, and then stopped at the provider', async () => {
    const { id, token } = await lostAnswer({ isCancelable: true })
    kie.find = async () => ({ operation: { job: token } })
    kie.cancel = async (operation) => void kie.canceled.push(operation)
    await cancelGeneration('somebody', id, deps)
    expect(await findGeneration(id)).toMatchObject({ state: 'canceled', actualUsd: 0 })
    expect(kie.canceled).toEqual([{ job: token }])
  })
})
