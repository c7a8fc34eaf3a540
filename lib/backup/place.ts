import { existsSync } from 'node:fs'
import { readdir, realpath, statfs } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import { sizeOf } from './copy-files.ts'

/** Whether a path, which need not be there yet, lies in a folder, whatever links lead to either. */
export async function isWithin(folder: string, path: string) {
  const below = relative(await withoutLinks(folder), await withoutLinks(path))
  return below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below)
}

async function withoutLinks(path: string): Promise<string> {
  const real = await realpath(path).catch(() => undefined)
  if (real !== undefined || path === dirname(path)) return real ?? path
  return join(await withoutLinks(dirname(path)), basename(path))
}

/** Throws where a backup may not be put: in what it copies, links included, or next to something else. */
export async function assertTarget(target: string, dataFolder: string) {
  if (!existsSync(dataFolder)) throw new Error(`There is nothing to back up in ${dataFolder}.`)
  const copied = [dataFolder, ...(await readdir(dataFolder)).map((name) => join(dataFolder, name))]
  for (const folder of copied)
    if (await isWithin(folder, target))
      throw new Error(
        `${target} lies in DATA_DIR. A backup belongs outside of it, on another disk.`,
      )
  const found = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new Error(`${target} cannot be used for a backup: ${wordsOf(error)}`, { cause: error })
  })
  if (found.some((name) => name !== 'lost+found'))
    throw new Error(`${target} is not empty. Give each backup a folder of its own.`)
}

/** Throws where a folder's disk has less free than is to come. */
export async function assertSpace(folder: string, bytes: number, what: string) {
  const { bavail, bsize, blocks } = await statfs(folder)
  // Some file systems count nothing.
  if (blocks > 0 && bavail * bsize < bytes)
    throw new Error(
      `${folder} has ${sizeOf(bavail * bsize)} free, and ${what} ${sizeOf(bytes)}. Make space there, or take another disk.`,
    )
}

const reasons: Record<string, string> = {
  ENOSPC: 'the disk is full. Make space there, or take another disk.',
  EDQUOT: 'the quota of this user is used up. Make space there, or take another disk.',
  EFBIG: 'its file system takes no file of that size. Take another disk.',
  EROFS: 'it is on a read-only file system. Mount it writable, or take another folder.',
  EACCES:
    'this user may not read or write there. Change the permissions, or run this as its owner.',
  EPERM: 'this user may not read or write there. Change the permissions, or run this as its owner.',
  ENOTDIR: 'it, or a folder above it, is a file. Name a folder.',
  EEXIST: 'it, or a folder above it, is a file or a broken link. Name a folder.',
  ENOENT: 'no folder can be made there, or it has gone meanwhile.',
  ENAMETOOLONG: 'its name is too long for this file system. Name a shorter one.',
  ELOOP: 'the links on the way to it go in a circle. Mend them.',
  EIO: 'the disk has a fault. Look into the system’s log, and take another disk.',
}

function wordsOf(error: unknown) {
  const { code = '', message } = error as NodeJS.ErrnoException
  return reasons[code] ?? message
}

/** What a file system refuses at a path or else at `place`, as a sentence; any other error as it is. */
export function inWords(error: unknown, place: string): unknown {
  const { code = '', path, dest } = error as NodeJS.ErrnoException & { dest?: string }
  const reason = error instanceof Error ? reasons[code] : undefined
  if (!reason) return error
  return new Error(`${dest ?? path ?? place}: ${reason}`, { cause: error })
}
