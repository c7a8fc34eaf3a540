import { findRoute } from '../../ai/models/find-model.ts'
import type { ProviderRequest } from '../../ai/providers/provider.ts'
import type { FileRow } from '../../files/file-row.ts'

/** What a provider is asked for, but for its pictures. */
export function requestOf(row: FileRow): Omit<ProviderRequest, 'inputs'> {
  return {
    model: findRoute(row.model, row.provider)?.model ?? row.model,
    prompt: row.prompt,
    negativePrompt: row.negativePrompt,
    aspectRatio: row.aspectRatio,
    resolution: row.resolution,
    width: row.width,
    height: row.height,
    durationSeconds: row.duration,
    seed: row.seed,
    generateAudio: row.generateAudio,
  }
}
