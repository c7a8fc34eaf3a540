import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KeptSettings } from '#lib/contract/generation'
import { usualPace } from '#lib/pace'
import { forgetProcessWide } from '#lib/process-wide'
import type { Provider } from '#lib/ai/providers/provider'
import { database, inTransaction } from '#lib/db/client'
import { asset } from '#lib/db/asset-schema'
import { attempt, generation } from '#lib/db/generation-schema'
import { providerCooldown, providerDay, webhookDelivery } from '#lib/db/provider-schema'
import { advance } from '#lib/generations/engine/advance'
import type { GenerationDeps } from '#lib/generations/engine/deps'
import type { NewGeneration } from '#lib/generations/start/prepare'
import { insertGeneration } from '#lib/generations/start/start'
import { findGeneration } from '#lib/generations/queries'
import { isFinalState } from '#lib/generations/states'
import { newId } from '#lib/ids'
import { holdFor } from '#lib/money/holds'
import { diskStorage } from '#lib/assets/storage/disk-storage'

/** Deps for tests: a real disk and database, the given providers, and a clock that is moved by hand. */
export interface TestGeneration extends GenerationDeps {
  folder: string
  /** Moves the clock. */
  pass(ms: number): void
  dispose(): Promise<void>
}

export function testGeneration(
  provider: Provider | Provider[],
  { concurrency = 3, publicUrl = null }: { concurrency?: number; publicUrl?: string | null } = {},
): TestGeneration {
  const folder = mkdtempSync(join(tmpdir(), 'photofinish-generation-'))
  let now = Date.parse('2026-11-21T00:00:00Z')
  return {
    providers: new Map([provider].flat().map((one) => [one.id, one])),
    storage: diskStorage(join(folder, 'media')),
    fetch: () => Promise.reject(new Error('no network in this test')),
    now: () => new Date(now),
    databaseClock: () => new Date(now),
    pace: usualPace,
    concurrency,
    publicUrl,
    workFolder: join(folder, 'work'),
    signal: new AbortController().signal,
    submitSignal: new AbortController().signal,
    folder,
    pass: (ms) => void (now += ms),
    dispose: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}

/** Forgets every generation, attempt, cooldown, webhook and figure: each test begins with nothing. */
export async function forgetEverything() {
  for (const table of [generation, attempt, asset, providerCooldown, providerDay, webhookDelivery])
    await database().delete(table)
  forgetProcessWide('past runs')
}

const settings: KeptSettings = {
  aspectRatio: '16:9',
  duration: 2,
  resolution: '480p',
  width: 854,
  height: 480,
  seed: 7,
  isSeedGiven: false,
  negativePrompt: null,
  generateAudio: false,
  inputs: null,
}

type Differences = Omit<Partial<NewGeneration>, 'settings'> & { settings?: Partial<KeptSettings> }

/** A generation as `startGeneration` would insert it, without waking anything; with `heldMicros` its owner's money is held. */
export async function queueFile(
  deps: Pick<TestGeneration, 'now'>,
  { settings: asked, ...differences }: Differences = {},
) {
  const row: NewGeneration = {
    id: newId('file'),
    ownerId: 'somebody',
    prompt: 'a fox in the snow',
    model: 'local-preview',
    modelLabel: 'Local preview',
    isDemo: true,
    settings: { ...settings, ...asked },
    isCancelable: true,
    provider: 'local',
    providerLabel: 'Local renderer',
    routeReason: 'Local renderer, the only provider of this model.',
    quotedMicros: 400_000,
    ceilingMicros: 400_000,
    priceMicros: 400_000,
    createdAt: deps.now(),
    ...differences,
  }
  return inTransaction(async (tx) => {
    const { id: generationId, ownerId, model, heldMicros, priceFactor = 1_000_000 } = row
    const queued = await insertGeneration(tx, row)
    const payer = { ownerId, userId: ownerId, keyId: null }
    const holds = [{ generationId, model, priceFactor, amountMicros: heldMicros ?? 0 }]
    await holdFor(tx, { payer, holds, now: deps.now() })
    return queued
  })
}

/** Drives a file by the virtual clock alone, as any driver may, until nothing is left to do or patience ends. */
export async function driveToEnd(fileId: string, deps: TestGeneration, steps = 50) {
  for (let step = 0; step < steps; step++) {
    const { dueAt } = await advance(fileId, deps)
    if (dueAt === null) break
    deps.pass(Math.max(0, dueAt.getTime() - deps.now().getTime()))
  }
  const row = await findGeneration(fileId)
  return { row, isFinal: !row || isFinalState(row.state) }
}
