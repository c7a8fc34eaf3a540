import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { describe, expect } from 'vitest'
import { says } from '../../../tests/support/says.ts'
import { queueVeo } from '../../../tests/support/generations/queue-veo.ts'
import {
  type ScriptedProvider,
  aProviderError,
} from '../../../tests/support/generations/scripted-provider.ts'
import { driveToEnd, testGeneration } from '../../../tests/support/generations/test-generation.ts'
import { veoBed } from '../../../tests/support/database/with-bed.ts'
import type { SubmitResult } from '../../ai/providers/provider.ts'
import { findGeneration } from '../queries.ts'
import { advance } from '../engine/advance.ts'
import { receiveWebhook } from '../webhooks/webhooks.ts'
import { resubmit } from '../commands/resubmit.ts'

const { test, bed } = veoBed(
  ({ kie, vertex }) => {
    kie.adopt = async (job) => ({ operation: { job } })
    kie.readWebhook = () => ({ providerJobId: 'task_1', deliveryId: 'one' })
    return testGeneration([kie, vertex], { publicUrl: 'https://video.example' })
  },
  { hasQueue: true },
)

const rowOf = async (id: string) => (await findGeneration(id))!
const submitAgain = (id: string) => resubmit(callerNamed('somebody'), id, bed.deps)
const outage = () => Promise.reject(new Error('502'))

/** A generation whose submit made a job at Kie.ai, of which we have not heard. */
async function unheardOf() {
  const makeAndAnswer = bed.kie.onSubmit
  bed.kie.onSubmit = (token) => {
    bed.kie.onSubmit = makeAndAnswer
    bed.kie.makeJob(token)
    return Promise.reject(aProviderError({ submitOutcome: 'unknown', retryable: false }, 'timeout'))
  }
  const { id } = await queueVeo(bed.deps)
  await advance(id, bed.deps)
  await advance(id, bed.deps)
  const { state, attemptKey } = await rowOf(id)
  expect(state).toBe('submit_unknown')
  return { id, key: attemptKey! }
}

function sendWebhook(idempotencyKey: string) {
  const sent = { headers: new Headers(), body: new Uint8Array() }
  return receiveWebhook({ provider: 'kie', idempotencyKey, ...sent }, bed.deps)
}

/** A start that answers when it is told to. */
function holdAnswer(provider: ScriptedProvider) {
  const called = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<SubmitResult>()
  const usual = provider.onSubmit
  provider.onSubmit = (token) => {
    provider.onSubmit = usual
    provider.makeJob(token)
    called.resolve()
    return answer.promise
  }
  return { called: called.promise, ...answer }
}

describe('a wish to submit again', () => {
  test('is refused where a webhook has named the job, and has it looked at instead', async () => {
    const { id, key } = await unheardOf()
    const adopt = bed.kie.adopt!
    bed.kie.adopt = outage
    await sendWebhook(key)
    await advance(id, bed.deps, { force: true })
    await expect(submitAgain(id)).rejects.toMatchObject({
      code: 'not_possible_now',
      userMessage: says('The provider has the job after all. Checking it now.'),
    })
    expect((await rowOf(id)).dueAt).toEqual(bed.deps.now())
    bed.kie.adopt = adopt
    expect((await driveToEnd(id, bed.deps)).row?.state).toBe('completed')
    expect(bed.kie.requests).toHaveLength(1)
  })

  test('is granted where the provider knows no job of that name: it may be forged', async () => {
    const { id, key } = await unheardOf()
    bed.kie.adopt = async () => null
    await sendWebhook(key)
    await expect(submitAgain(id)).rejects.toMatchObject({ code: 'not_possible_now' })
    await advance(id, bed.deps, { force: true })
    await submitAgain(id)
    expect((await driveToEnd(id, bed.deps)).row?.state).toBe('completed')
    expect(bed.kie.requests).toHaveLength(2)
  })

  test('is refused while the job is being looked for', async () => {
    const { id, key } = await unheardOf()
    await sendWebhook(key)
    let refusal: unknown
    bed.kie.adopt = async (reference) => {
      refusal = await submitAgain(id).catch((error: unknown) => error)
      return { operation: { job: reference } }
    }
    await advance(id, bed.deps)
    expect(refusal).toMatchObject({ code: 'not_possible_now' })
    expect((await driveToEnd(id, bed.deps)).row?.state).toBe('completed')
    expect(bed.kie.requests).toHaveLength(1)
  })
})

describe('before a generation is submitted again', () => {
  test('a webhook that came meanwhile is followed', async () => {
    const { id, key } = await unheardOf()
    await submitAgain(id)
    bed.deps.pass(1)
    await sendWebhook(key)
    expect((await rowOf(id)).dueAt).toEqual(bed.deps.now())
    await advance(id, bed.deps)
    expect(await rowOf(id)).toMatchObject({
      state: 'waiting',
      attemptKey: key,
      operation: { job: 'task_1' },
      attempts: [{ outcome: 'accepted', providerJobId: 'task_1' }],
    })
    expect((await driveToEnd(id, bed.deps)).row).toMatchObject({
      state: 'completed',
      costMicros: 400_000,
    })
    expect(bed.kie.requests).toHaveLength(1)
  })

  test('a job that a webhook has named and that cannot be looked at yet is waited for', async () => {
    const { id, key } = await unheardOf()
    const adopt = bed.kie.adopt!
    bed.kie.adopt = outage
    await submitAgain(id)
    await sendWebhook(key)
    await driveToEnd(id, bed.deps, 5)
    expect(await rowOf(id)).toMatchObject({ state: 'queued', wait: { code: 'earlier_job' } })
    bed.kie.adopt = adopt
    expect((await driveToEnd(id, bed.deps)).row?.state).toBe('completed')
    expect(bed.kie.requests).toHaveLength(1)
  })

  test('a webhook that comes when the second try has failed still brings the video', async () => {
    const { id, key } = await unheardOf()
    const adopt = bed.kie.adopt!
    bed.kie.adopt = async () => null
    await submitAgain(id)
    bed.kie.onSubmit = () => Promise.reject(aProviderError({ retryable: false }, 'content_policy'))
    await driveToEnd(id, bed.deps)
    expect(await rowOf(id)).toMatchObject({ state: 'failed', operation: null })
    bed.kie.adopt = adopt
    await sendWebhook(key)
    await expect.poll(async () => (await rowOf(id)).state).toBe('storing')
    expect((await driveToEnd(id, bed.deps)).row?.state).toBe('completed')
    expect(await rowOf(id)).toMatchObject({ attemptKey: key, errorCode: null, costMicros: 400_000 })
    expect(bed.kie.jobs).toHaveLength(1)
  })

  test('its job is found also where the generation has moved to another provider since', async () => {
    const { id, key } = await unheardOf()
    await submitAgain(id)
    bed.kie.onSubmit = () =>
      Promise.reject(aProviderError({ retryable: false }, 'insufficient_credits'))
    await advance(id, bed.deps)
    expect(await rowOf(id)).toMatchObject({ state: 'queued', provider: 'vertex' })
    await sendWebhook(key)
    const { row } = await driveToEnd(id, bed.deps)
    expect(row).toMatchObject({
      state: 'completed',
      provider: 'kie',
      providerLabel: 'Kie.ai',
      routeReason: 'Kie.ai, the cheapest that can do this.',
      costMicros: 400_000,
      attempts: [{ outcome: 'completed', costMicros: 400_000 }, { outcome: 'refused' }],
    })
    expect(bed.vertex.requests).toEqual([])
  })

  test('a provider that can look up by key is called; if it cannot be reached, the user’s decision stays', async () => {
    const { id, key } = await unheardOf()
    bed.kie.find = outage
    await submitAgain(id)
    bed.kie.find = async () => ({ operation: { job: key } })
    expect((await driveToEnd(id, bed.deps)).row?.state).toBe('completed')
    expect(bed.kie.requests).toHaveLength(1)

    bed.kie.find = outage
    const other = await unheardOf()
    await submitAgain(other.id)
    await driveToEnd(other.id, bed.deps)
    expect(bed.kie.requests).toHaveLength(3)
  })
})

describe('an answer that comes after the wish to submit again', () => {
  async function lateAnswer() {
    const held = holdAnswer(bed.kie)
    const { id } = await queueVeo(bed.deps)
    const presumedDead = advance(id, bed.deps)
    await held.called
    const key = (await rowOf(id)).attemptKey!
    bed.deps.pass(bed.deps.pace.leaseMs + 1)
    await advance(id, bed.deps)
    await submitAgain(id)
    const answer = async () => {
      held.resolve({ operation: { job: key }, providerJobId: 'task_1' })
      await presumedDead
    }
    return { id, key, answer }
  }

  test('brings the generation back to its job where nothing has been submitted since', async () => {
    delete bed.kie.adopt
    const { id, key, answer } = await lateAnswer()
    await answer()
    expect(await rowOf(id)).toMatchObject({
      state: 'waiting',
      attemptKey: key,
      attempts: [{ outcome: 'accepted', providerJobId: 'task_1' }],
    })
    expect((await driveToEnd(id, bed.deps)).row?.state).toBe('completed')
    expect(bed.kie.requests).toHaveLength(1)
  })

  test('is written down where another submit is under way, and used should that be refused', async () => {
    const { id, key, answer } = await lateAnswer()
    bed.kie.onSubmit = async () => {
      await answer()
      throw aProviderError()
    }
    await advance(id, bed.deps)
    expect(await rowOf(id)).toMatchObject({
      state: 'queued',
      attempts: [{ outcome: 'accepted', providerJobId: 'task_1' }, { outcome: 'refused' }],
    })
    expect((await driveToEnd(id, bed.deps)).row).toMatchObject({
      state: 'completed',
      attemptKey: key,
    })
    expect(bed.kie.requests).toHaveLength(2)
  })

  test('changes nothing of an attempt that is over', async () => {
    const held = holdAnswer(bed.kie)
    const { id } = await queueVeo(bed.deps)
    const presumedDead = advance(id, bed.deps)
    await held.called
    bed.deps.pass(bed.deps.pace.leaseMs + 1)
    const key = (await rowOf(id)).attemptKey!
    bed.kie.find = async () => ({ operation: { job: key } })
    const { row } = await driveToEnd(id, bed.deps)
    expect(row?.state).toBe('completed')
    held.resolve({ operation: { job: key }, providerJobId: 'task_1' })
    await presumedDead
    expect(await rowOf(id)).toEqual(row)
  })

  test('brings back what a look found whose process was presumed dead', async () => {
    const { id, key } = await unheardOf()
    const looked = Promise.withResolvers<void>()
    const found = Promise.withResolvers<{ operation: { job: string } }>()
    bed.kie.find = () => {
      looked.resolve()
      return found.promise
    }
    const presumedDead = advance(id, bed.deps, { force: true })
    await looked.promise
    bed.deps.pass(bed.deps.pace.leaseMs + 1)
    await submitAgain(id)
    found.resolve({ operation: { job: key } })
    await presumedDead
    expect(await rowOf(id)).toMatchObject({ state: 'waiting', attemptKey: key })
    expect((await driveToEnd(id, bed.deps)).row?.state).toBe('completed')
    expect(bed.kie.requests).toHaveLength(1)
  })
})

test('a webhook names the job of an earlier submit while that of the last one is unknown', async () => {
  const { id, key } = await unheardOf()
  await submitAgain(id)
  bed.kie.onSubmit = () => Promise.reject(aProviderError({ submitOutcome: 'unknown' }, 'timeout'))
  await advance(id, bed.deps, { force: true })
  await advance(id, bed.deps, { force: true })
  expect(await rowOf(id)).toMatchObject({ state: 'submit_unknown' })
  await sendWebhook(key)
  await advance(id, bed.deps)
  expect(await rowOf(id)).toMatchObject({ state: 'waiting', attemptKey: key })
})
