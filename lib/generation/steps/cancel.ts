import type { Json } from '../../ai/providers/provider.ts'
import { letGo } from './let-go.ts'
import type { StepResult, StepWork } from './step.ts'

/** Stops a generation at the user's wish: at the provider first, then here. */
export async function cancel({ row, provider, deps, contextFor }: StepWork): Promise<StepResult> {
  if (row.state === 'waiting')
    await provider.cancel?.(row.operation as Json, contextFor(row.token ?? ''))
  const now = deps.now()
  const change = { state: 'canceled', finishedAt: now, queuePlace: null, message: null } as const
  return { change, runAt: now, afterwards: () => letGo(provider, row) }
}
