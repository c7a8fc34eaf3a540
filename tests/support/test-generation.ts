import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { noInputs } from '#lib/contract/generation-inputs'
import type { Provider } from '#lib/ai/providers/provider'
import { database } from '#lib/db/client'
import { attempt, file, providerPause, webhookDelivery } from '#lib/db/schema'
import { advance } from '#lib/generations/engine/advance'
import type { GenerationDeps } from '#lib/generations/engine/deps'
import { bodyHash } from '#lib/generations/idempotency'
import { type NewFile, insertFile } from '#lib/generations/start'
import { findFile } from '#lib/generations/queries'
import { isFinalState } from '#lib/generations/states'
import { newId } from '#lib/ids'
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

/** Forgets every file, attempt, pause and callback: each test begins with nothing. */
export async function forgetEverything() {
  for (const table of [file, attempt, providerPause, webhookDelivery])
    await database().delete(table)
}

/** A file as `startGeneration` would insert it, without waking anybody. */
export async function queueFile(deps: TestGeneration, differences: Partial<NewFile> = {}) {
  const settings = {
    prompt: 'a fox in the snow',
    model: 'local-preview',
    aspectRatio: '16:9',
    duration: 2,
    resolution: '480p',
    seed: 7,
    negativePrompt: null,
    generateAudio: false,
  } as const
  const asked = { ...settings, inputs: noInputs, variations: 1, maxUsd: null, useCache: false }
  const created = await insertFile(
    {
      ...settings,
      id: newId('file'),
      userId: 'somebody',
      modelLabel: 'Local preview',
      isDemo: true,
      isCancelable: true,
      provider: 'local',
      width: 854,
      height: 480,
      estimatedUsd: 0.4,
      createdAt: deps.now(),
      ...differences,
    },
    {
      userId: 'somebody',
      key: newId('token'),
      bodyHash: bodyHash(asked),
      fileId: 'x',
      now: deps.now(),
    },
  )
  if (!('row' in created)) throw new Error('the key was taken')
  return created.row
}

/** Drives a file by the virtual clock alone, as any driver may, until nothing is left to do or patience ends. */
export async function driveToEnd(fileId: string, deps: TestGeneration, steps = 50) {
  for (let step = 0; step < steps; step++) {
    const { runAt } = await advance(fileId, deps)
    if (runAt === null) break
    deps.pass(Math.max(0, runAt.getTime() - deps.now().getTime()))
  }
  const row = await findFile(fileId)
  return { row, isFinal: !row || isFinalState(row.state) }
}
