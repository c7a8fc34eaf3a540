import { describe, expect, test } from 'vitest'
import { type GenerationState, generationStates } from '#lib/contract/file-view'
import { eventOf, eventsOf } from '../../../tests/support/generations/generation-events.ts'
import {
  aGenerationRow,
  anAttempt,
  changed,
} from '../../../tests/support/generations/generation-row.ts'
import type { EventType, GenerationEvent } from '../events.ts'
import type { GenerationRow } from '../row.ts'
import { transition } from '../transition.ts'

const now = new Date('2026-11-21T00:00:01Z')
const sender = { leaseId: 'lease_1', idempotencyKey: 'key_1', ownerId: 'anna', now }

function rowIn(state: GenerationState, differences: Partial<GenerationRow> = {}) {
  const attempt = anAttempt({ outcome: state === 'submit_unknown' ? 'unknown' : 'accepted' })
  const output = state === 'storing' ? { kind: 'path', path: '/video.mp4' } : null
  return aGenerationRow({
    state,
    attemptKey: attempt.idempotencyKey,
    attempts: [attempt],
    operation: { job: 1 },
    output,
    ...differences,
  })
}

const ask = (row: GenerationRow, event: GenerationEvent) => transition(row, event, now)?.notice
const send = (row: GenerationRow, type: EventType) => ask(row, eventOf(type, sender))

const lookedInVain = (checks: number): GenerationEvent => ({
  type: 'submit_not_found',
  leaseId: 'lease_1',
  isProof: false,
  dueAt: now,
  checks,
})
const pending = (isDelayed: boolean): GenerationEvent => ({
  type: 'job_pending',
  leaseId: 'lease_1',
  dueAt: now,
  isDelayed,
})

describe('what a user is told', () => {
  test('the end of a video, each with a key of its own', () => {
    const { id } = aGenerationRow()
    expect(send(rowIn('storing'), 'stored')).toEqual({
      kind: 'video.completed',
      key: `${id}:video.completed`,
    })
    expect(send(rowIn('waiting'), 'job_failed')).toEqual({
      kind: 'video.failed',
      key: `${id}:video.failed`,
    })
  })

  test('a late success after a failure, and a failure after "Try again"', () => {
    const failed = rowIn('failed')
    const storing = changed(failed, transition(failed, eventOf('job_done', sender), now)!)!
    expect(storing.state).toBe('storing')
    expect(send({ ...storing, leaseId: 'lease_1' }, 'stored')?.kind).toBe('video.completed')
    const second = anAttempt({ idempotencyKey: 'key_1', number: 2, outcome: 'accepted' })
    const again = rowIn('waiting', {
      attempts: [anAttempt({ idempotencyKey: 'key_0', outcome: 'unknown' }), second],
    })
    expect(send(again, 'job_failed')?.key).toBe(`${again.id}:video.failed:2`)
  })

  test('that it takes longer, the first time', () => {
    expect(ask(rowIn('waiting'), pending(true))?.kind).toBe('video.delayed')
    expect(ask(rowIn('waiting', { isDelayed: true }), pending(true))).toBeUndefined()
    expect(ask(rowIn('waiting'), pending(false))).toBeUndefined()
  })

  test('that the user must decide, once the look-ups have told nothing', () => {
    const kinds = [0, 1, 2, 3].map(
      (checks) => ask(rowIn('submit_unknown', { checks }), lookedInVain(checks + 1))?.kind,
    )
    expect(kinds).toEqual([undefined, undefined, 'video.decision', undefined])
    expect(send(rowIn('submitting'), 'submit_lost')).toBeUndefined()
  })

  test('nothing of what the user did: a cancel, a deletion, and what follows from them', () => {
    for (const state of generationStates)
      for (const event of eventsOf(sender)) {
        const change = transition(rowIn(state), event, now)
        if (change?.remove || change?.patch.deletedAt || change?.patch.state === 'canceled')
          expect(change.notice).toBeUndefined()
        expect(ask(rowIn(state, { deletedAt: now }), event)).toBeUndefined()
        const wished = ask(rowIn(state, { cancelRequestedAt: now }), event)
        expect([undefined, 'video.completed']).toContain(wished?.kind)
      }
  })

  test('nothing of what only the engine sees', () => {
    const told = new Set<string>()
    for (const state of generationStates)
      for (const event of eventsOf(sender)) if (ask(rowIn(state), event)) told.add(event.type)
    const silent = ['claimed', 'lease_renewed', 'step_idle', 'progress_reported', 'delivered']
    for (const type of silent) expect(told).not.toContain(type)
  })
})
