import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { findGeneration } from '../queries.ts'
import { isFinalState } from '../states.ts'
import type { GenerationDeps } from './deps.ts'

// What is this old belongs to no step that is just beginning or ending.
const keptMs = 60 * 60_000
const idOfName = /^(file_[0-9a-z]{24})[.-]/
// An upload takes as long as its line is slow: no process has one under way for this long.
const uploadKeptMs = 24 * 60 * 60_000
const uploadName = /^image_[0-9a-z]{24}$/

/**
 * Removes what lies on this machine for generations that are over or gone: bytes that were fetched here and stored by
 * another process, or left by one that was killed. So are uploads that were cut off with their process. Answers how many
 * entries.
 */
export async function sweepWorkFolder({
  workFolder,
  now,
}: Pick<GenerationDeps, 'workFolder' | 'now'>): Promise<number> {
  let removed = 0
  const names = await readdir(workFolder).catch(() => [])
  for (const name of names) {
    const path = join(workFolder, name)
    if (!(await isLeft(name, path, now()))) continue
    await rm(path, { recursive: true, force: true })
    removed++
  }
  return removed
}

async function isLeft(name: string, path: string, now: Date) {
  if (uploadName.test(name)) return isOlderThan(path, now.getTime() - uploadKeptMs)
  const id = idOfName.exec(name)?.[1]
  if (!id || !(await isOlderThan(path, now.getTime() - keptMs))) return false
  return isOver(id)
}

async function isOlderThan(path: string, moment: number) {
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && found.mtimeMs < moment
}

async function isOver(id: string) {
  const row = await findGeneration(id)
  return !row || isFinalState(row.state)
}
