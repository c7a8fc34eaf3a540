import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { StepWork } from './step.ts'

/**
 * Where the holder of a lease brings a file's bytes to, on this machine: a place nobody else writes to, not even one
 * who held the file before and does not know yet that he was presumed dead. What such holders left behind is removed.
 */
export async function workFile({ row, leaseId, deps: { workFolder } }: StepWork) {
  await mkdir(workFolder, { recursive: true })
  const left = (await readdir(workFolder)).filter((name) => name.startsWith(row.id))
  for (const name of left) await rm(join(workFolder, name), { recursive: true, force: true })
  return join(workFolder, `${row.id}.${leaseId}.mp4`)
}
