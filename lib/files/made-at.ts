import type { FileRow } from './file-row.ts'

/** When the provider first said that the job in hand is done; null while it is not, or nobody knows. */
export function madeAt({ attempts }: Pick<FileRow, 'attempts'>): Date | null {
  const inHand = attempts.find((one) => one.isInHand)
  return inHand?.outcome === 'completed' && inHand.endedAt ? new Date(inHand.endedAt) : null
}
