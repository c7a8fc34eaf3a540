import type { ProviderOutput } from '../../ai/providers/provider.ts'
import type { GenerationRow } from '../row.ts'
import { isFinalState } from '../states.ts'
import { type Attempt, type Change, type Patch, storing, withoutJob } from './change.ts'
import { reattach } from './queue.ts'

/** A video that an earlier attempt brought while another one was under way. It is paid for, and kept in `output`. */
interface Spare {
  idempotencyKey: string
  output: ProviderOutput
}

/** The patch that keeps a video for later, beside what the current attempt has brought so far. */
export function keepSpare({ output }: GenerationRow, spare: Spare): Patch {
  return { output: { ...(output ?? {}), spares: [...sparesOf(output), spare] } }
}

function sparesOf(output: unknown): Spare[] {
  return (output as { spares?: Spare[] } | null)?.spares ?? []
}

/** The patch by which a generation goes on with the video that an attempt brought, whichever it waited for. */
export function storeSpare(
  row: GenerationRow,
  attempt: Attempt,
  output: ProviderOutput,
  now: Date,
): Patch {
  const back = reattach(row, attempt, { operation: null }, now).patch
  return { ...back, ...storing, output, isCostReported: false }
}

/**
 * What was paid for already is tried before a generation fails, is submitted again, or waits for an answer that may
 * never come; until it is over otherwise, no change loses it.
 */
export function withSpares(row: GenerationRow, change: Change, now: Date): Change {
  const spares = sparesOf(row.output)
  const { state, output } = change.patch
  const [first, ...others] = spares
  if (!first || !state || change.remove) return change
  if (isFinalState(state) && state !== 'failed')
    return { ...change, patch: { ...change.patch, output: null } }
  if (!withoutJob.has(state))
    return output === undefined ? change : withOutput(change, { ...(output ?? {}), spares })
  const attempt = row.attempts.find((one) => one.idempotencyKey === first.idempotencyKey)!
  const { enqueue: _, ...settled } = change
  const patch = storeSpare(row, attempt, first.output, now)
  return others.length === 0
    ? { ...settled, patch }
    : withOutput({ ...settled, patch }, { ...first.output, spares: others })
}

function withOutput(change: Change, output: object): Change {
  return { ...change, patch: { ...change.patch, output } }
}
