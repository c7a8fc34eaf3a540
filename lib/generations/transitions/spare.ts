import type { ProviderOutput } from '../../ai/providers/provider.ts'
import type { GenerationRow } from '../row.ts'
import { type Attempt, type Change, type Patch, storing, withoutJob } from './change.ts'
import { reattach } from './queue.ts'

/** A video that an earlier attempt brought while another one was under way. It is paid for, and kept in `output`. */
interface Spare {
  idempotencyKey: string
  output: ProviderOutput
}

/** The patch that keeps a video for later, next to what the current attempt has brought so far. */
export function keepSpare({ output }: GenerationRow, spare: Spare): Patch {
  return { output: withSpares(output, [...sparesOf(output), spare]) }
}

/** What an attempt has brought so far, if anything, and what is kept next to it. */
function withSpares(output: unknown, spares: Spare[]) {
  return { ...(output as object | null), spares }
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
export function mindSpares(row: GenerationRow, change: Change, now: Date): Change {
  const { patch, remove, enqueue: _, ...settled } = change
  const [first, ...others] = sparesOf(row.output)
  if (!first || !patch.state || remove) return change
  if (patch.state === 'completed' || patch.state === 'canceled')
    return { ...change, patch: { ...patch, output: null } }
  if (!withoutJob.has(patch.state)) {
    if (patch.output === undefined) return change
    return { ...change, patch: { ...patch, output: withSpares(patch.output, [first, ...others]) } }
  }
  const attempt = row.attempts.find((one) => one.idempotencyKey === first.idempotencyKey)!
  const output = others.length > 0 ? withSpares(first.output, others) : first.output
  return { ...settled, patch: { ...storeSpare(row, attempt, first.output, now), output } }
}
