import type { FileRow } from './file-row.ts'

/** When the provider first said that the job in hand is done; null while it is not, or nobody knows. */
export function madeAt({ attempts }: Pick<FileRow, 'attempts'>): Date | null {
  const last = attempts.at(-1)
  return last?.outcome === 'completed' && last.endedAt ? new Date(last.endedAt) : null
}
