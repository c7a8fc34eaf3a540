import type { GenerationSettings } from '#lib/contract/generate-video-request'
import { dimensionsOf } from '#lib/contract/video-format'
import { findModel } from '../ai/models/find-model.ts'
import { pastRuns } from '../files/past-runs.ts'

const runsLookedAt = 20

/**
 * How long a generation will take, from this installation's past runs of the model: the median time a pixel-second,
 * times the pixels and seconds asked for. Null before the first run; always to be called an estimate.
 */
export async function expectedTime(
  settings: Pick<GenerationSettings, 'model' | 'aspectRatio' | 'resolution' | 'duration'>,
): Promise<{ seconds: number; runs: number } | null> {
  const runs = await pastRuns(settings.model, runsLookedAt)
  if (runs.length === 0) return usualTime(settings.model)
  const rates = runs.map(
    ({ tookMs, width, height, duration }) => tookMs / (width * height * duration),
  )
  const { width, height } = dimensionsOf(settings.aspectRatio, settings.resolution)
  const seconds = (median(rates) * width * height * settings.duration) / 1000
  return { seconds: Math.max(1, Math.round(seconds)), runs: runs.length }
}

function usualTime(modelId: string) {
  const seconds = findModel(modelId)?.route.usualSeconds
  return seconds ? { seconds, runs: 0 } : null
}

function median(values: number[]) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
