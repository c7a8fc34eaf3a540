import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { eq, inArray, sql } from 'drizzle-orm'
import { ProviderError } from '#lib/ai/providers/provider-error'
import type { Provider, SubmitResult } from '#lib/ai/providers/provider'
import { database, useDatabase } from '#lib/db/client'
import { generation } from '#lib/db/generation-schema'
import { finalStates } from '#lib/generations/states'
import { productionDeps } from '#lib/generations/engine/deps'
import { startGeneration } from '#lib/generations/start/start'
import { startWorker } from '#lib/generations/engine/worker'
import { newId } from '#lib/ids'
import { startQueue } from '#lib/jobs/queue'
import { storeVideo } from '#lib/assets/store/store-video'
import { videoFiles } from '#lib/kinds/video'
import { processWide } from '#lib/process-wide'
import { callerNamed } from '../../../support/people/caller-named.ts'
import { answer } from '../answer.ts'
import { now } from '../clock.ts'

// The product's own pipeline and worker, with a provider that needs no time in place of the real ones.

// All its videos have one owner.
process.env.UNFINISHED_PER_OWNER = '10000'

const lookMs = 20
const ownerId = 'bench'

export interface PipelineInput {
  connectionString: string
  videoPath: string
  concurrency: number
}

answer({
  async open({ connectionString, videoPath, concurrency }: PipelineInput) {
    useDatabase(connectionString)
    const providers = new Map([['local', instantProvider(videoPath)]])
    const deps = { ...productionDeps(), providers, concurrency }
    // Before the worker asks for them: it then works with these.
    Object.assign(
      processWide('generation deps', () => deps),
      deps,
    )
    await mkdir(deps.workFolder, { recursive: true })
    await startQueue()
    await startWorker()
  },

  /** Milliseconds from the first start to the last final state. */
  async generate({ count, prompt }: { count: number; prompt: string }) {
    const begin = now()
    const start = () =>
      startGeneration({
        caller: callerNamed(ownerId),
        body: { prompt },
        idempotencyKey: newId('token'),
      })
    const rows = await Promise.all(Array.from({ length: count }, start))
    const ids = rows.map(({ id }) => id)
    while ((await finals(ids)) < count) await new Promise((next) => setTimeout(next, lookMs))
    return now() - begin
  },

  /** Milliseconds for storing a video as often, as many at once, with nothing around it. */
  async store({ count, atOnce, videoPath }: { count: number; atOnce: number; videoPath: string }) {
    const { storage, workFolder, signal } = productionDeps()
    const begin = now()
    await inLanes(count, atOnce, async () => {
      await storeVideo({
        folder: newId('file'),
        objects: videoFiles,
        sourcePath: videoPath,
        storage,
        workFolder,
        signal,
      })
    })
    return now() - begin
  },

  /** Milliseconds for as many rows inserted, and each changed as often as a generation changes its row. */
  async write({ count, atOnce, changes }: { count: number; atOnce: number; changes: number }) {
    const [sample] = await database().select().from(generation).limit(1)
    const begin = now()
    await inLanes(count, atOnce, async () => {
      const id = newId('file')
      await database()
        .insert(generation)
        .values({ ...sample!, id, version: 1 })
      for (let change = 0; change < changes; change++)
        await database()
          .update(generation)
          .set({ version: sql`${generation.version} + 1` })
          .where(eq(generation.id, id))
    })
    return now() - begin
  },
})

/** Hands over a video at once, or refuses at once where the prompt says so. */
function instantProvider(videoPath: string): Provider {
  return {
    id: 'local',
    label: 'Local renderer',
    prepare: async ({ prompt }) => ({ prompt }),
    async submit(prepared, idempotencyKey): Promise<SubmitResult> {
      if ((prepared as { prompt: string }).prompt === 'refuse') throw refusal()
      const path = join(productionDeps().workFolder, `${idempotencyKey}.mp4`)
      await copyFile(videoPath, path)
      return { completed: { kind: 'path', path } }
    },
    check: () => Promise.reject(refusal()),
    health: async () => ({ state: 'ok' }),
  }
}

function refusal() {
  return new ProviderError('content_policy', {
    submitOutcome: 'no_job',
    retryable: false,
    userMessage: 'Refused.',
    logMessage: 'refused by the bench',
  })
}

async function finals(ids: string[]) {
  const rows = await database()
    .select({ state: generation.state })
    .from(generation)
    .where(inArray(generation.id, ids))
  return rows.filter(({ state }) => (finalStates as readonly string[]).includes(state)).length
}

async function inLanes(count: number, lanes: number, work: () => Promise<void>) {
  let left = count
  const lane = async () => {
    while (left-- > 0) await work()
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
