import { desc, eq, sql } from 'drizzle-orm'
import type { KeptSettings } from '#lib/contract/generation'
import { findModel, catalogue } from '../../ai/models/catalogue.ts'
import { database } from '../../db/client.ts'
import { type ExpectedTime, generation } from '../../db/generation-schema.ts'
import { processWide } from '../../process-wide.ts'

const runsLookedAt = 20
// Of fewer runs the slowest tenth says nothing.
const runsForP90 = 5
const keptMs = 30_000

/** A completed generation of a model: its size and how long it took, from submit to ready. */
interface PastRun {
  tookMs: number
  pixelSeconds: number
}

type Sized = Pick<KeptSettings, 'width' | 'height' | 'duration'>

/**
 * How long a generation will take, from this installation's past runs of the model: median and slowest tenth. The
 * local renderer's time grows with pixels and seconds, so its runs count per pixel-second; a provider's counts as it
 * is. Always to be called an estimate; null where nothing is known. Asked of the database at most every 30 s.
 */
export async function expectedTime(modelId: string, size: Sized): Promise<ExpectedTime | null> {
  const model = findModel(modelId)
  const runs = await pastRuns(modelId)
  if (runs.length === 0) return usualTime(model?.routes[0]?.usualSeconds ?? null)
  const sizeOf = (pixelSeconds: number) => (model?.isDemo ? pixelSeconds : 1)
  const rates = runs
    .map(({ tookMs, pixelSeconds }) => tookMs / sizeOf(pixelSeconds))
    .toSorted((a, b) => a - b)
  const secondsAt = (share: number) => {
    const rate = rates[Math.min(rates.length - 1, Math.floor(rates.length * share))]!
    return Math.max(1, Math.round((rate * sizeOf(pixelSecondsOf(size))) / 1_000))
  }
  return {
    seconds: secondsAt(0.5),
    p90Seconds: runs.length >= runsForP90 ? secondsAt(0.9) : null,
    runs: runs.length,
  }
}

/** Median seconds from submit to ready of each model's latest runs, by model id. */
export async function usualSeconds(): Promise<ReadonlyMap<string, number>> {
  const medians = await Promise.all(
    catalogue.map(async ({ id }) => [id, medianSeconds(await pastRuns(id))] as const),
  )
  return new Map(medians.flatMap(([id, seconds]) => (seconds === null ? [] : [[id, seconds]])))
}

function medianSeconds(runs: PastRun[]) {
  const sorted = runs.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)]
  return median === undefined ? null : Math.round(median / 1_000)
}

function usualTime(seconds: number | null) {
  return seconds === null ? null : { seconds, p90Seconds: null, runs: 0 }
}

/** An image counts as one second of a film. */
function pixelSecondsOf({ width, height, duration }: Sized) {
  return width * height * (duration || 1)
}

interface Kept {
  at: number
  runs: Promise<PastRun[]>
}

function pastRuns(model: string): Promise<PastRun[]> {
  const kept = processWide('past runs', () => new Map<string, Kept>())
  const last = kept.get(model)
  if (last && Date.now() - last.at < keptMs) return last.runs
  const runs = readRuns(model)
  kept.set(model, { at: Date.now(), runs })
  runs.catch(() => kept.delete(model))
  return runs
}

/** The latest completed generations of a model: as many rows of an index. */
async function readRuns(model: string): Promise<PastRun[]> {
  const rows = await database()
    .select({
      settings: generation.settings,
      startedAt: generation.startedAt,
      finishedAt: generation.finishedAt,
    })
    .from(generation)
    .where(sql`${eq(generation.model, model)} and state = 'completed'`)
    .orderBy(desc(generation.finishedAt))
    .limit(runsLookedAt)
  return rows.flatMap(({ settings, startedAt, finishedAt }) =>
    startedAt && finishedAt
      ? [
          {
            tookMs: finishedAt.getTime() - startedAt.getTime(),
            pixelSeconds: pixelSecondsOf(settings),
          },
        ]
      : [],
  )
}
