import type { GenerationAttempt, GenerationRow } from '#lib/generations/row'
import type { Change } from '#lib/generations/transitions/change'

const at = new Date('2026-11-21T00:00:00Z')

/** A row for tests of what is pure: queued a moment ago, and taken by `lease_1`, except for what is given. */
export function aGenerationRow(differences: Partial<GenerationRow> = {}): GenerationRow {
  return {
    id: `file_${'a'.repeat(24)}`,
    ownerId: 'anna',
    startedBy: 'anna',
    keyId: null,
    kind: 'video',
    originDoor: 'form',
    originPlace: null,
    callbackUrl: null,
    batchId: null,
    batchRow: null,
    waitsFor: null,
    version: 1,
    state: 'queued',
    prompt: 'a fox in the snow',
    model: 'veo-3.1-fast',
    modelLabel: 'Veo 3.1 Fast',
    isDemo: false,
    settings: {
      aspectRatio: '16:9',
      resolution: '720p',
      width: 1280,
      height: 720,
      duration: 8,
      seed: 7,
      isSeedGiven: false,
      negativePrompt: null,
      generateAudio: true,
      inputs: null,
    },
    settingsHash: '',
    quotedMicros: 400_000,
    ceilingMicros: 1_200_000,
    limitMicros: null,
    priceMicros: 400_000,
    costMicros: null,
    priceFactor: 1_000_000,
    heldMicros: null,
    chargedMicros: null,
    isCostReported: false,
    provider: 'kie',
    providerLabel: 'Kie.ai',
    routeReason: 'Kie.ai, the cheapest that can do this.',
    isCancelable: false,
    attemptKey: null,
    operation: null,
    output: null,
    turn: 1,
    slotUntil: null,
    progress: null,
    wait: null,
    note: null,
    expected: null,
    errorCode: null,
    errorMessage: null,
    dueAt: new Date(at.getTime() + 12_000),
    checks: 0,
    failures: 0,
    lostSince: null,
    crashedSince: null,
    parkedAt: null,
    leaseId: 'lease_1',
    leaseUntil: new Date(at.getTime() + 12_000),
    deadlineAt: null,
    isDelayed: false,
    cancelRequestedAt: null,
    deletedAt: null,
    assetId: null,
    deliveredBy: null,
    deliveredAt: null,
    createdAt: at,
    startedAt: null,
    finishedAt: null,
    attempts: [],
    asset: null,
    queuePlace: null,
    ...differences,
  }
}

/** An attempt of such a row: its submit is out. */
export function anAttempt(differences: Partial<GenerationAttempt> = {}): GenerationAttempt {
  return {
    idempotencyKey: 'key_1',
    number: 1,
    provider: 'kie',
    providerLabel: 'Kie.ai',
    model: 'veo3_fast',
    reason: 'Kie.ai, the cheapest that can do this.',
    consoleUrl: null,
    outcome: 'submitting',
    providerJobId: null,
    priceMicros: 400_000,
    costMicros: null,
    errorCode: null,
    errorMessage: null,
    startedAt: at.toISOString(),
    endedAt: null,
    ...differences,
  }
}

/** The row as the store would leave it; undefined once it is gone. */
export function changed(row: GenerationRow, change: Change): GenerationRow | undefined {
  if (change.remove) return undefined
  const { attempt, newAttempt, patch } = change
  const attempts = row.attempts.map((one) =>
    one.idempotencyKey === attempt?.idempotencyKey ? { ...one, ...asRead(attempt.set) } : one,
  )
  if (newAttempt) {
    const number = attempts.length + 1
    attempts.push({ ...anAttempt({ number }), ...asRead(newAttempt) })
  }
  return { ...row, ...patch, attempts }
}

/** Times as PostgreSQL writes them into JSON. */
function asRead(set: object): Partial<GenerationAttempt> {
  return Object.fromEntries(
    Object.entries(set).map(([name, value]) => [
      name,
      value instanceof Date ? value.toISOString() : value,
    ]),
  )
}
