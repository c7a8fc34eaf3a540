import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { queueVeo } from '../../../tests/support/queue-veo.ts'
import { type ScriptedProvider, aProviderError } from '../../../tests/support/scripted-provider.ts'
import { setRow } from '../../../tests/support/set-row.ts'
import { withVeo } from '../../../tests/support/with-veo.ts'
import {
  type TestGeneration,
  driveToEnd,
  testGeneration,
} from '../../../tests/support/test-generation.ts'
import { database } from '../../db/client.ts'
import { webhookDelivery } from '../../db/provider-schema.ts'
import { findGeneration } from '../queries.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'
import { advance } from '../engine/advance.ts'
import { applyEvent } from '../store.ts'
import { forgetOldDeliveries, providerJobIdFor } from './webhook-inbox.ts'
import { receiveWebhook } from './webhooks.ts'
import { resubmit } from '../commands/resubmit.ts'

let kie: ScriptedProvider
let deps: TestGeneration

withVeo((made) => {
  kie = made.kie
  kie.readWebhook = ({ headers, body }) =>
    headers.get('signature') === 'good'
      ? { providerJobId: 'task_1', deliveryId: new TextDecoder().decode(body) }
      : null
  made.vertex.readWebhook = kie.readWebhook
  deps = testGeneration([kie, made.vertex], { publicUrl: 'https://video.example' })
  return deps
})
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

interface Sent {
  provider?: string
  signature?: string
  body?: string
}

function send(
  idempotencyKey: string,
  { provider = 'kie', signature = 'good', body = 'one' }: Sent = {},
) {
  const headers = new Headers({ signature })
  return receiveWebhook({ provider, idempotencyKey, headers, body: Buffer.from(body) }, deps)
}

const deliveries = () => database().select().from(webhookDelivery)
/** Deletes a generation as its step does. */
async function remove(id: string) {
  const leaseId = 'lease_1'
  await applyEvent(id, { type: 'claimed', leaseId, leaseMs: 1_000, force: true }, deps.now)
  await applyEvent(id, { type: 'removed', leaseId, end: null }, deps.now)
}

const rowOf = async (id: string) => (await findGeneration(id))!

/** A file at Kie.ai, to be looked at in a minute. */
async function waiting() {
  const done = kie.onCheck
  kie.onCheck = async () => ({ status: 'pending', checkAgainMs: 60_000 })
  const { id } = await queueVeo(deps)
  await advance(id, deps)
  await advance(id, deps)
  kie.onCheck = done
  const { attemptKey } = await rowOf(id)
  return { id, key: attemptKey! }
}

/** Gives out a file that has failed at Kie.ai. */
async function failed() {
  const { id, key } = await waiting()
  const done = kie.onCheck
  kie.onCheck = async () => ({ status: 'failed', error: aProviderError({}, 'generation_failed') })
  await advance(id, deps, { force: true })
  kie.onCheck = done
  expect((await rowOf(id)).state).toBe('failed')
  return { id, key }
}

describe('a webhook is refused', () => {
  test.each<[string, string, Sent, string]>([
    ['for a key that was never given out', 'token_none', {}, 'not_found'],
    ['at the address of another provider', 'own', { provider: 'vertex' }, 'not_found'],
    ['at the address of none', 'own', { provider: 'none' }, 'not_found'],
    ['whose signature does not fit', 'own', { signature: 'bad' }, 'webhook_refused'],
  ])('%s', async (_name, to, sent, code) => {
    const { id, key } = await waiting()
    await expect(send(to === 'own' ? key : to, sent)).rejects.toMatchObject({ code })
    expect(await deliveries()).toEqual([])
    expect((await rowOf(id)).dueAt.getTime()).toBe(deps.now().getTime() + 60_000)
  })

  test('with the status that says why', async () => {
    const { key } = await waiting()
    await expect(send(key, { signature: 'bad' })).rejects.toMatchObject({ status: 401 })
    await expect(send('token_none')).rejects.toMatchObject({ status: 404 })
  })
})

describe('a webhook has the provider asked now', () => {
  test('and is kept once, however often it is sent', async () => {
    const { id, key } = await waiting()
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(key)))
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1)
    expect(await deliveries()).toMatchObject([
      { provider: 'kie', idempotencyKey: key, providerJobId: 'task_1', deliveryId: 'one' },
    ])
    expect((await rowOf(id)).dueAt).toEqual(deps.now())
    expect((await driveToEnd(id, deps)).row?.state).toBe('completed')
  })

  test('and is not believed', async () => {
    const { id, key } = await waiting()
    kie.onCheck = async () => ({ status: 'pending', checkAgainMs: 60_000 })
    await send(key)
    await advance(id, deps)
    expect((await rowOf(id)).state).toBe('waiting')
  })

  test('also where it comes before the answer to the submit', async () => {
    const { id } = await queueVeo(deps)
    kie.onSubmit = async (key) => {
      await send(key)
      return kie.makeJob(key)
    }
    const { dueAt } = await advance(id, deps)
    expect((await rowOf(id)).state).toBe('waiting')
    expect(dueAt).toEqual(deps.now())
  })

  test('also where it comes while the provider is being asked', async () => {
    const { id, key } = await waiting()
    kie.onCheck = async () => {
      await send(key)
      return { status: 'pending', checkAgainMs: 60_000 }
    }
    expect((await advance(id, deps, { force: true })).dueAt).toEqual(deps.now())
  })

  test('at the address that the provider was given', async () => {
    const { id } = await queueVeo(deps)
    let given: string | null = null
    kie.onSubmit = async (key, _request, { webhookUrl }) => {
      given = webhookUrl
      return kie.makeJob(key)
    }
    await advance(id, deps)
    const { attemptKey } = await rowOf(id)
    expect(given).toBe(`https://video.example/api/webhooks/kie?token=${attemptKey}`)
  })
})

describe('a webhook after the end', () => {
  test('of a finished video has no effect', async () => {
    const { id, key } = await waiting()
    await advance(id, deps, { force: true })
    const { row } = await driveToEnd(id, deps)
    await send(key)
    expect(await rowOf(id)).toEqual(row)
  })

  test('of a canceled one has none either', async () => {
    const { id, key } = await waiting()
    await setRow(id, { state: 'canceled' })
    await send(key)
    await driveToEnd(id, deps)
    expect((await rowOf(id)).state).toBe('canceled')
  })

  test('of a failed one has its job looked at again, and a late success delivered', async () => {
    const { id, key } = await failed()
    await send(key)
    await expect.poll(async () => (await rowOf(id)).state).toBe('storing')
    expect((await driveToEnd(id, deps)).row?.state).toBe('completed')
    expect(await rowOf(id)).toMatchObject({
      errorCode: null,
      errorMessage: null,
      costMicros: 400_000,
    })
    expect((await rowOf(id)).attempts).toMatchObject([
      { outcome: 'completed', costMicros: 400_000, errorCode: null, errorMessage: null },
    ])
    expect(kie.jobs).toHaveLength(1)
  })

  test('of one that has failed for good leaves the failure as it stands', async () => {
    const { id, key } = await failed()
    const before = await rowOf(id)
    kie.onCheck = async () => ({ status: 'failed', error: aProviderError({}, 'content_policy') })
    const checks = kie.checks
    await send(key)
    await expect.poll(() => kie.checks).toBe(checks + 1)
    await expect.poll(async () => (await rowOf(id)).leaseId).toBeNull()
    const { state, errorCode, version } = await rowOf(id)
    expect({ state, errorCode, version }).toEqual({
      state: 'failed',
      errorCode: 'generation_failed',
      version: before.version,
    })
  })
})

test('a webhook for an earlier attempt has no effect on the current one', async () => {
  const { id } = await queueVeo(deps)
  kie.onSubmit = () => Promise.reject(aProviderError({ submitOutcome: 'unknown' }, 'timeout'))
  await advance(id, deps)
  const { attemptKey } = await rowOf(id)
  await resubmit('somebody', id, deps)
  kie.onSubmit = () => Promise.reject(aProviderError({ retryAfterSeconds: 3 }))
  await advance(id, deps)
  const before = await rowOf(id)
  expect(before.dueAt).toEqual(new Date(deps.now().getTime() + 3_000))
  await send(attemptKey!)
  expect(await rowOf(id)).toEqual(before)
})

test('a webhook for a video that was deleted is taken, and has no effect', async () => {
  const { id, key } = await waiting()
  await remove(id)
  expect(await send(key)).toBe('taken')
  expect(await findGeneration(id)).toBeUndefined()
})

test('webhooks are forgotten after two weeks', async () => {
  const { key } = await waiting()
  await send(key)
  await send(key, { body: 'two' })
  expect(await providerJobIdFor(key)).toBe('task_1')
  deps.pass(14 * 24 * 60 * 60_000)
  await forgetOldDeliveries(deps.now())
  expect(await deliveries()).toHaveLength(2)
  deps.pass(1)
  await forgetOldDeliveries(deps.now())
  expect(await deliveries()).toEqual([])
})

test('S8: a hundred webhooks, each of them new, have the provider asked twice', async () => {
  // Later than all other tests, whose clocks begin at the same moment: what they still wait for is older than this.
  deps.pass(60 * 60_000)
  const { id, key } = await waiting()
  let looks = 0
  kie.onCheck = async () => {
    looks++
    return { status: 'pending', checkAgainMs: 60_000 }
  }
  const askWhereDue = async () => {
    if ((await rowOf(id)).dueAt <= deps.now()) await advance(id, deps)
  }
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  for (let index = 0; index < 100; index++) {
    await send(key, { body: `delivery ${index}` })
    await askWhereDue()
  }
  expect(looks).toBe(1)
  // The last of them is not lost.
  vi.advanceTimersByTime(3_000)
  vi.useRealTimers()
  await expect.poll(async () => (await rowOf(id)).dueAt).toEqual(deps.now())
  await askWhereDue()
  expect(looks).toBe(2)
})
