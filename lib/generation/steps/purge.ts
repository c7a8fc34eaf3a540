import type { Json } from '../../ai/providers/provider.ts'
import { mayBeBilled } from '../../files/file-states.ts'
import { log } from '../../log.ts'
import type { StepResult, StepWork } from './step.ts'
import { usdOf } from './usd-of.ts'

/**
 * Carries out a deletion: stops what still runs, removes every byte, then the row; what was spent stays known. Safe to
 * begin again anywhere.
 */
export async function purge(work: StepWork): Promise<StepResult> {
  const { row, provider, deps } = work
  const costUsd = await endJob(work).catch((error: unknown) => {
    log().warn(
      { err: error, fileId: row.id, provider: provider.id },
      'the provider kept a deleted video',
    )
    return row.operation === null ? null : usdOf(row)
  })
  await deps.storage.removeAll(row.id)
  if (!row.token || !mayBeBilled(row.state)) return { remove: true }
  const ended = { outcome: 'canceled', costUsd, endedAt: deps.now() } as const
  return { remove: true, attempt: { token: row.token, ...ended } }
}

/** Stops the job, where there is one; answers what it costs in dollars, or null where nobody knows. */
async function endJob({ row, provider, contextFor }: StepWork) {
  const context = contextFor(row.token ?? '')
  const isLost = row.operation === null && row.token !== null
  const found = isLost ? await provider.find?.(row.token!, context) : undefined
  const operation = (row.operation ?? found?.operation ?? null) as Json
  if (operation === null) return found === null ? 0 : null
  const mayStop = row.state !== 'completed' && provider.cancel !== undefined
  if (mayStop) await provider.cancel?.(operation, context)
  await provider.release?.(operation)
  return mayStop ? 0 : usdOf(row)
}
