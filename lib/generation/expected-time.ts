import type { GenerationSettings } from '#lib/contract/generate-video-request'
import { dimensionsOf } from '#lib/contract/video-format'
import { findModel } from '../ai/models/find-model.ts'
import { type PastRun, pastRuns } from '../files/past-runs.ts'

const runsLookedAt = 20
// Of fewer runs the slowest tenth says nothing.
const runsForP90 = 5

export interface ExpectedTime {
  seconds: number
  p90Seconds: number | null
  runs: number
}

/**
 * How long a generation will take, from this installation's past runs of the model: median and p90. The local
 * renderer's time grows with pixels and seconds, so its runs count per pixel-second; a provider's counts as it is.
 * Always to be called an estimate; null where nothing is known.
 */
export async function expectedTime(
  settings: Pick<GenerationSettings, 'model' | 'aspectRatio' | 'resolution' | 'duration'>,
): Promise<ExpectedTime | null> {
  const model = findModel(settings.model)
  const runs = await pastRuns(settings.model, runsLookedAt)
  if (runs.length === 0) return usualTime(model?.routes[0]?.usualSeconds ?? null)
  const { width, height } = dimensionsOf(settings.aspectRatio, settings.resolution)
  const sizeOf = (run: Omit<PastRun, 'tookMs'>) =>
    model?.isDemo ? run.width * run.height * run.duration : 1
  const rates = runs.map((run) => run.tookMs / sizeOf(run)).toSorted((a, b) => a - b)
  const secondsAt = (share: number) => {
    const rate = rates[Math.min(rates.length - 1, Math.floor(rates.length * share))]!
    return Math.max(
      1,
      Math.round((rate * sizeOf({ width, height, duration: settings.duration })) / 1000),
    )
  }
  return {
    seconds: secondsAt(0.5),
    p90Seconds: runs.length >= runsForP90 ? secondsAt(0.9) : null,
    runs: runs.length,
  }
}

function usualTime(seconds: number | null) {
  return seconds === null ? null : { seconds, p90Seconds: null, runs: 0 }
}
