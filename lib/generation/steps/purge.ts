import type { Json } from '../../ai/providers/provider.ts'
import { log } from '../../log.ts'
import type { StepResult, StepWork } from './step.ts'

/** Carries out a deletion: stops what still runs, removes every byte, then the row. Safe to begin again anywhere. */
export async function purge(work: StepWork): Promise<StepResult> {
  const { row, provider, deps } = work
  await endJob(work).catch((error: unknown) =>
    log().warn(
      { err: error, fileId: row.id, provider: provider.id },
      'the provider kept a deleted video',
    ),
  )
  await deps.storage.removeAll(row.id)
  return { remove: true }
}

async function endJob({ row, provider, contextFor }: StepWork) {
  const context = contextFor(row.token ?? '')
  const found = row.operation || !row.token ? null : await provider.find?.(row.token, context)
  const operation = (row.operation ?? found?.operation ?? null) as Json
  if (operation === null) return
  if (row.state !== 'completed') await provider.cancel?.(operation, context)
  await provider.release?.(operation)
}
