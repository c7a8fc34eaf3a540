import type { VideoBrief } from '#lib/contract/chat-tools'
import { fileViewOf } from '../../generations/view.ts'
import type { FileRow } from '../../generations/row.ts'

/** A video in few words, for a model to read. */
export function videoBrief(row: FileRow, number: number | null): VideoBrief {
  const { status, settings, modelLabel, cost, createdAt } = fileViewOf(row)
  return {
    fileId: row.id,
    number,
    prompt: settings.prompt,
    seconds: settings.duration,
    aspectRatio: settings.aspectRatio,
    resolution: settings.resolution,
    model: modelLabel,
    status,
    costUsd: cost.actualUsd ?? cost.estimatedUsd,
    image: settings.inputs.firstFrame,
    createdAt,
  }
}
