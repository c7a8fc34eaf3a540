import { message } from '#lib/messages/message'
import { and, inArray, isNull, sql } from 'drizzle-orm'
import { database } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { wakeGenerations } from '../../jobs/queue.ts'
import type { GenerationDeps } from '../engine/deps.ts'
import type { Failure } from '../events.ts'
import { applyEvent } from '../store.ts'
import { type StepResult, type StepWork, after, idle } from './step.ts'

// A hint comes as soon as an input is over; this finds what no hint has come for.
const lookMs = 60_000
const wokenAtMost = 1_000

/**
 * Waits for the generations that this one is made from. It goes into the queue of its provider once all of them are
 * completed, and fails where one of them never will be: nothing was submitted then, and nothing is charged.
 */
export async function awaitInputs(work: StepWork): Promise<StepResult> {
  const { row, leaseId, deps } = work
  const wanted = row.waitsFor ?? []
  const states = await database()
    .select({ state: generation.state })
    .from(generation)
    .where(and(inArray(generation.id, wanted), isNull(generation.deletedAt)))
  const isLost = states.length < new Set(wanted).size
  if (isLost || states.some(({ state }) => state === 'failed' || state === 'canceled'))
    return { event: { type: 'gave_up', leaseId, error: inputFailed } }
  if (states.every(({ state }) => state === 'completed'))
    return { event: { type: 'inputs_ready', leaseId } }
  return idle(work, after(deps.now(), lookMs))
}

const inputFailed: Failure = {
  code: 'input_failed',
  userMessage: message('errors.inputFailed'),
}

/** Has those that are made from a generation look at it: it is over, or gone. */
export async function wakeWaitingFor(generationId: string, deps: GenerationDeps) {
  const waiting = await database()
    .select({ id: generation.id })
    .from(generation)
    .where(sql`${generation.waitsFor} @> array[${generationId}]`)
    .limit(wokenAtMost)
  for (const { id } of waiting) await applyEvent(id, { type: 'woken' }, deps.databaseClock)
  await wakeGenerations(waiting.map(({ id }) => ({ id, state: 'queued' })))
}
