import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { describe, expect, vi } from 'vitest'
import { queueVeo } from '../../../tests/support/generations/queue-veo.ts'
import { aProviderError } from '../../../tests/support/generations/scripted-provider.ts'
import { setRow } from '../../../tests/support/database/set-row.ts'
import { driveToEnd, testGeneration } from '../../../tests/support/generations/test-generation.ts'
import { veoBed } from '../../../tests/support/database/with-bed.ts'
import { database } from '../../db/client.ts'
import { webhookDelivery } from '../../db/provider-schema.ts'
import { findGeneration } from '../queries.ts'
import { advance } from '../engine/advance.ts'
import { applyEvent } from '../store.ts'
import { forgetOldDeliveries, providerJobIdFor } from './webhook-inbox.ts'
import { receiveWebhook } from './webhooks.ts'
import { resubmit } from '../commands/resubmit.ts'

const { test, bed } = veoBed(
  ({ kie, vertex }) => {
    kie.readWebhook = ({ headers, body }) =>
      headers.get('signature') === 'good'
        ? { providerJobId: 'task_1', deliveryId: new TextDecoder().decode(body) }
        : null
    vertex.readWebhook = kie.readWebhook
    return testGeneration([kie, vertex], { publicUrl: 'https://video.example' })
  },
  { hasQueue: true },
)

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
  return receiveWebhook({ provider, idempotencyKey, headers, body: Buffer.from(body) }, bed.deps)
}

const deliveries = () => database().select().from(webhookDelivery)
/** Deletes a generation as its step does. */
async function remove(id: string) {
  const leaseId = 'lease_1'
  await applyEvent(id, { type: 'claimed', leaseId, leaseMs: 1_000, force: true }, bed.deps.now)
  await applyEvent(id, { type: 'removed', leaseId, end: null }, bed.deps.now)
}

const rowOf = async (id: string) => (await findGeneration(id))!

/** A file at Kie.ai, to be looked at in a minute. */
async function waiting() {
  const done = bed.kie.onCheck
  bed.kie.onCheck = async () => ({ status: 'pending', checkAgainMs: 60_000 })
  const { id } = await queueVeo(bed.deps)
  await advance(id, bed.deps)
  await advance(id, bed.deps)
  bed.kie.onCheck = done
  const { attemptKey } = await rowOf(id)
  return { id, key: attemptKey! }
}

/** Gives out a file that has failed at Kie.ai. */
async function failed() {
  const { id, key } = await waiting()
  const done = bed.kie.onCheck
  bed.kie.onCheck = async () => ({
    status: 'failed',
    error: aProviderError({}, 'generation_failed'),
  })
  await advance(id, bed.deps, { force: true })
  bed.kie.onCheck = done
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
    expect((await rowOf(id)).dueAt.getTime()).toBe(bed.deps.now().getTime() + 60_000)
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
    expect((await rowOf(id)).dueAt).toEqual(bed.deps.now())
    expect((await driveToEnd(id, bed.deps)).row?.state).toBe('completed')
  })

  test('and is not believed', async () => {
    const { id, key } = await waiting()
    bed.kie.onCheck = async () => ({ status: 'pending', checkAgainMs: 60_000 })
    await send(key)
    await advance(id, bed.deps)
    expect((await rowOf(id)).state).toBe('waiting')
  })

  test('also where it comes before the answer to the submit', async () => {
    const { id } = await queueVeo(bed.deps)
    bed.kie.onSubmit = async (key) => {
      await send(key)
      return bed.kie.makeJob(key)
    }
    const { dueAt } = await advance(id, bed.deps)
    expect((await rowOf(id)).state).toBe('waiting')
    expect(dueAt).toEqual(bed.deps.now())
  })

  test('also where it comes while the provider is being asked', async () => {
    const { id, key } = await waiting()
    bed.kie.onCheck = async () => {
      await send(key)
      return { status: 'pending', checkAgainMs: 60_000 }
    }
    expect((await advance(id, bed.deps, { force: true })).dueAt).toEqual(bed.deps.now())
  })

  test('at the address that the provider was given', async () => {
    const { id } = await queueVeo(bed.deps)
    let given: string | null = null
    bed.kie.onSubmit = async (key, _request, { webhookUrl }) => {
      given = webhookUrl
      return bed.kie.makeJob(key)
    }
    await advance(id, bed.deps)
    const { attemptKey } = await rowOf(id)
    expect(given).toBe(`https://video.example/api/webhooks/kie?token=${attemptKey}`)
  })
})

describe('a webhook after the end', () => {
  test('of a finished video has no effect', async () => {
    const { id, key } = await waiting()
    await advance(id, bed.deps, { force: true })
    const { row } = await driveToEnd(id, bed.deps)
    await send(key)
    expect(await rowOf(id)).toEqual(row)
  })

  test('of a canceled one has none either', async () => {
    const { id, key } = await waiting()
    await setRow(id, { state: 'canceled' })
    await send(key)
    await driveToEnd(id, bed.deps)
    expect((await rowOf(id)).state).toBe('canceled')
  })

  test('of a failed one has its job looked at again, and a late success delivered', async () => {
    const { id, key } = await failed()
    await send(key)
    await expect.poll(async () => (await rowOf(id)).state).toBe('storing')
    expect((await driveToEnd(id, bed.deps)).row?.state).toBe('completed')
    expect(await rowOf(id)).toMatchObject({
      errorCode: null,
      errorMessage: null,
      costMicros: 400_000,
    })
    expect((await rowOf(id)).attempts).toMatchObject([
      { outcome: 'completed', costMicros: 400_000, errorCode: null, errorMessage: null },
    ])
    expect(bed.kie.jobs).toHaveLength(1)
  })

  test('of one that has failed for good leaves the failure as it is', async () => {
    const { id, key } = await failed()
    const before = await rowOf(id)
    bed.kie.onCheck = async () => ({
      status: 'failed',
      error: aProviderError({}, 'content_policy'),
    })
    const checks = bed.kie.checks
    await send(key)
    await expect.poll(() => bed.kie.checks).toBe(checks + 1)
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
  const { id } = await queueVeo(bed.deps)
  bed.kie.onSubmit = () => Promise.reject(aProviderError({ submitOutcome: 'unknown' }, 'timeout'))
  await advance(id, bed.deps)
  const { attemptKey } = await rowOf(id)
  await resubmit(callerNamed('somebody'), id, bed.deps)
  bed.kie.onSubmit = () => Promise.reject(aProviderError({ retryAfterSeconds: 3 }))
  await advance(id, bed.deps)
  const before = await rowOf(id)
  expect(before.dueAt).toEqual(new Date(bed.deps.now().getTime() + 3_000))
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
  bed.deps.pass(14 * 24 * 60 * 60_000)
  await forgetOldDeliveries(bed.deps.now())
  expect(await deliveries()).toHaveLength(2)
  bed.deps.pass(1)
  await forgetOldDeliveries(bed.deps.now())
  expect(await deliveries()).toEqual([])
})

test('S8: a hundred webhooks, each of them new, have the provider asked twice', async () => {
  // Later than all other tests, whose clocks begin at the same moment: what they still wait for is older than this.
  bed.deps.pass(60 * 60_000)
  const { id, key } = await waiting()
  let looks = 0
  bed.kie.onCheck = async () => {
    looks++
    return { status: 'pending', checkAgainMs: 60_000 }
  }
  const askWhereDue = async () => {
    if ((await rowOf(id)).dueAt <= bed.deps.now()) await advance(id, bed.deps)
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
  await expect.poll(async () => (await rowOf(id)).dueAt).toEqual(bed.deps.now())
  await askWhereDue()
  expect(looks).toBe(2)
})
