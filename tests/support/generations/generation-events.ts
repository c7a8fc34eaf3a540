import type { EventType, GenerationEvent } from '#lib/generations/events'
import { aGenerationRow } from './generation-row.ts'

/** Who sends an event, and what it holds to be heard. */
export interface Sender {
  leaseId: string
  idempotencyKey: string
  ownerId: string
  now: Date
}

const error = { code: 'provider_unavailable', userMessage: 'Busy.' } as const
const job = { operation: { job: 1 }, providerJobId: 'task_1' }
const output = { kind: 'url', url: 'https://cdn.example/video.mp4' } as const
const wait = { code: 'storage_down' } as const
const { id } = aGenerationRow()

/** The events of every kind, each as its sender would send it. `turn` makes new keys differ. */
export function eventsOf({ leaseId, idempotencyKey, ownerId, now }: Sender, turn = 0) {
  const dueAt = new Date(now.getTime() + 10_000)
  const route = {
    provider: 'vertex',
    providerLabel: 'Vertex AI',
    isCancelable: false,
    priceMicros: 1_200_000,
    reason: 'Busy. Vertex AI steps in.',
  }
  const attempt = {
    idempotencyKey: `key_${turn + 2}`,
    provider: 'kie',
    providerLabel: 'Kie.ai',
    model: 'veo3_fast',
    reason: '',
    consoleUrl: null,
    // Some attempts are free.
    priceMicros: turn % 3 === 0 ? 0 : 400_000,
    startedAt: now,
  }
  const asset = {
    id: id.replace('file', 'asset'),
    ownerId,
    kind: 'video',
    generationId: id,
    storageKey: `${id}/video.mp4`,
    contentType: 'video/mp4',
    sizeBytes: 1,
    sha256: 'x',
    width: 64,
    height: 64,
    createdAt: now,
    usedAt: now,
  } as const
  const retry = { action: 'retry', dueAt } as const
  const move = { action: 'move', route } as const
  const fail = { action: 'fail' } as const
  const events: GenerationEvent[] = [
    { type: 'claimed', leaseId, leaseMs: 12_000, force: false },
    { type: 'claimed', leaseId, leaseMs: 12_000, force: true },
    { type: 'lease_renewed', leaseId, leaseMs: 12_000 },
    { type: 'woken' },
    { type: 'woken', idempotencyKey },
    { type: 'step_idle', leaseId, dueAt },
    { type: 'step_crashed', leaseId, retryMs: 5_000 },
    { type: 'held_back', leaseId, wait, dueAt },
    { type: 'inputs_ready', leaseId },
    { type: 'moved', leaseId, route },
    { type: 'prepare_refused', leaseId, attempt, error, next: retry },
    { type: 'prepare_refused', leaseId, attempt, error, next: move },
    { type: 'prepare_refused', leaseId, attempt, error, next: fail },
    { type: 'slot_taken', leaseId, attempt, deadlineAt: new Date(now.getTime() + 1_800_000) },
    { type: 'gave_up', leaseId, error },
    { type: 'restored', attempt },
    { type: 'earlier_job_found', leaseId, attemptKey: idempotencyKey, job, isCancelable: false },
    { type: 'job_made', idempotencyKey, job },
    { type: 'made_at_once', idempotencyKey, output },
    { type: 'submit_refused', idempotencyKey, error, next: retry },
    { type: 'submit_refused', idempotencyKey, error, next: move },
    { type: 'submit_refused', idempotencyKey, error, next: fail },
    { type: 'submit_failed', idempotencyKey, error },
    { type: 'submit_lost', idempotencyKey },
    { type: 'submit_not_found', leaseId, isProof: false, dueAt },
    { type: 'job_pending', leaseId, isDelayed: false, progress: turn * 7, dueAt },
    { type: 'progress_reported', idempotencyKey, progress: turn * 9 },
    { type: 'check_failed', leaseId, isDelayed: false, dueAt },
    { type: 'job_done', leaseId, output },
    { type: 'job_done', leaseId, output, reportedMicros: 370_000 },
    { type: 'job_failed', leaseId, error },
    { type: 'job_failed', leaseId, error, reportedMicros: 0 },
    { type: 'stored', leaseId, asset },
    { type: 'store_delayed', leaseId, wait, dueAt },
    { type: 'output_not_ready', leaseId, dueAt },
    { type: 'output_lost', leaseId, error },
    { type: 'cancel_requested', ownerId },
    { type: 'canceled', leaseId, end: { kind: 'unstoppable' } },
    { type: 'canceled', leaseId, end: { kind: 'unknown' } },
    { type: 'canceled', leaseId, end: null },
    { type: 'delete_requested', ownerId },
    { type: 'removed', leaseId, end: { kind: 'unknown' } },
    { type: 'resubmit_requested', ownerId },
    { type: 'delivered', ownerId, by: 'sse' },
    { type: 'poster_changed', ownerId },
  ]
  return events
}

/** The first of a type. */
export function eventOf(type: EventType, sender: Sender) {
  return eventsOf(sender).find((event) => event.type === type)!
}
