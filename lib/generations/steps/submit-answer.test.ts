import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { sql } from 'drizzle-orm'
import { queueVeo, veoProviders } from '../../../tests/support/generations/queue-veo.ts'
import type { ScriptedProvider } from '../../../tests/support/generations/scripted-provider.ts'
import { setRow } from '../../../tests/support/database/set-row.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import {
  type TestGeneration,
  forgetEverything,
  testGeneration,
} from '../../../tests/support/generations/test-generation.ts'
import { database } from '../../db/client.ts'
import { findGeneration } from '../queries.ts'
import { advance } from '../engine/advance.ts'
import { claim, keepLease } from '../engine/lease.ts'
import { submit } from './submit.ts'

withTestDatabase()

let kie: ScriptedProvider
let deps: TestGeneration
let ended: AbortController
let submitsEnded: AbortController

beforeEach(async () => {
  await forgetEverything()
  ;({ kie } = await veoProviders())
  ended = new AbortController()
  submitsEnded = new AbortController()
  const signals = { signal: ended.signal, submitSignal: submitsEnded.signal }
  deps = Object.assign(testGeneration(kie), signals)
})
afterEach(async () => {
  vi.useRealTimers()
  await deps.dispose()
})

/** Has the provider make a job, and answer only where it was not called off until then. */
function answersAfter(happening: () => unknown) {
  kie.onSubmit = async (token, _request, { signal }) => {
    const answer = kie.makeJob(token)
    await happening()
    signal.throwIfAborted()
    return answer
  }
}

describe('the answer to a submit that is out', () => {
  test('is waited for when the process is told to end', async () => {
    const { id } = await queueVeo(deps)
    answersAfter(() => ended.abort())
    await advance(id, deps)
    expect(await findGeneration(id)).toMatchObject({
      state: 'waiting',
      attempts: [{ outcome: 'accepted' }],
    })
  })

  test('is not waited for any longer when the process has no time left', async () => {
    const { id } = await queueVeo(deps)
    answersAfter(() => submitsEnded.abort())
    await advance(id, deps)
    expect(await findGeneration(id)).toMatchObject({
      state: 'submit_unknown',
      attempts: [{ outcome: 'unknown' }],
    })
  })

  test('is not asked for any more once the process ends', async () => {
    const { id } = await queueVeo(deps)
    ended.abort()
    await advance(id, deps)
    expect(await findGeneration(id)).toMatchObject({ state: 'queued', attempts: [] })
    expect(kie.requests).toEqual([])
  })

  test('is waited for when the lease is lost', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const { id } = await queueVeo(deps)
    const lease = (await claim(id, deps, false))!
    const { work, stop } = keepLease(lease, deps)
    answersAfter(async () => {
      await setRow(id, { leaseId: 'of another' })
      const lost = once(work.signal, 'abort')
      vi.advanceTimersByTime(deps.pace.leaseMs / 3)
      await lost
    })
    expect(await submit(work)).toMatchObject({ event: { type: 'job_made' } })
    stop()
  })

  test('is written down however long the database is away', async () => {
    const { id } = await queueVeo(deps)
    // Longer than five tries take.
    const awayMs = 7_000
    let back: Promise<unknown> | undefined
    answersAfter(async () => {
      await database().execute(sql`alter table generation rename to generation_away`)
      back = sleep(awayMs).then(() =>
        database().execute(sql`alter table generation_away rename to generation`),
      )
    })
    await advance(id, deps)
    await back
    expect(await findGeneration(id)).toMatchObject({
      state: 'waiting',
      attempts: [{ outcome: 'accepted' }],
    })
  }, 30_000)
})
