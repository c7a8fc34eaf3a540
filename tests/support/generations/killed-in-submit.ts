import { applyEvent } from '#lib/generations/store'

interface Killed {
  now: () => Date
  leaseMs: number
  priceMicros?: number
}

/** Leaves a queued generation as a process does that is killed between its slot and the answer to its submit. */
export async function killedInSubmit(id: string, { now, leaseMs, priceMicros = 0 }: Killed) {
  const leaseId = 'lease_dead'
  const attempt = {
    idempotencyKey: `token_of_${id}`,
    provider: 'local',
    providerLabel: 'Local renderer',
    model: 'local-preview',
    reason: '',
    consoleUrl: null,
    priceMicros,
    startedAt: now(),
  }
  await applyEvent(id, { type: 'claimed', leaseId, leaseMs, force: true }, now)
  const deadlineAt = new Date(now().getTime() + 30 * 60_000)
  await applyEvent(id, { type: 'slot_taken', leaseId, attempt, deadlineAt }, now)
  return attempt.idempotencyKey
}
