import { constants } from 'node:fs'
import { access, chmod, mkdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

// PostgreSQL keeps paths in 1,024 bytes, and its own files lie below.
const longestPath = 900

/** What a restore writes first and removes last: a folder with it holds no whole installation. */
export const restoringMark = 'restore-unfinished'

/**
 * Makes the data directory where there is none, and makes sure that this process can work in it. Throws a sentence that
 * names the reason. Nothing that is there is changed.
 */
export async function openDataFolder(path: string, { mayBeRestoring = false } = {}) {
  const length = Buffer.byteLength(path)
  if (length > longestPath)
    throw new Error(
      `DATA_DIR cannot be used: its path has ${length} bytes, and ${longestPath} are possible. Set it to a shorter one.`,
    )
  try {
    await makeFolder(path)
    const found = await stat(path)
    if (!found.isDirectory()) throw Object.assign(new Error('no folder'), { code: 'ENOTDIR' })
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new Error(`DATA_DIR (${path}) cannot be used: ${reasonOf(error)}`, { cause: error })
  }
  if (!mayBeRestoring && (await isThere(join(path, restoringMark))))
    throw new Error(
      `The restore into ${path} did not finish. Run it again: npm run restore -- <backup folder>.`,
    )
}

// What users made lies below these, finished or under way. The directory itself is open: as root the database runs as
// another user, and lies in it.
const usersFolders = ['media', 'renders', 'work']

/** Closes what users made to other users of the machine, also what an older version left open. */
export async function closeUsersFolders(path: string) {
  for (const name of usersFolders) {
    const folder = join(path, name)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    // One on another disk may belong to another user, who has let us in.
    await chmod(folder, 0o700).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPERM') throw error
    })
  }
}

/** One folder after the other: Node's own `recursive` never ends where the system makes none (under /proc, say). */
export async function makeFolder(path: string, mode = 0o777) {
  const isMissing = await stat(path).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  )
  if (!isMissing || path === dirname(path)) return
  await makeFolder(dirname(path), mode)
  await mkdir(path, { mode }).catch((error: NodeJS.ErrnoException) => {
    // Another process may have made it in the same moment; a broken link is told of as one.
    if (error.code !== 'EEXIST') throw error
  })
}

const reasons: Record<string, string> = {
  EACCES: 'this user may not write there. Change its owner or permissions, or set DATA_DIR.',
  EPERM: 'this user may not write there. Change its owner or permissions, or set DATA_DIR.',
  EROFS: 'it is on a read-only file system. Mount it writable, or set DATA_DIR.',
  EEXIST: 'it, or a folder above it, is a file or a broken link. Set DATA_DIR to a folder.',
  ENOTDIR: 'it, or a folder above it, is a file. Set DATA_DIR to a folder.',
  ENOENT: 'no folder can be made there, or a link on the way to it leads nowhere. Set DATA_DIR.',
  ELOOP: 'the links on the way to it go in a circle. Mend them, or set DATA_DIR.',
  ENAMETOOLONG: 'a name in it is too long for this file system. Set DATA_DIR to a shorter one.',
  ENOSPC: 'the disk is full. Make space, or set DATA_DIR.',
  EDQUOT: 'the quota of this user is used up. Make space, or set DATA_DIR.',
}

function reasonOf(error: unknown) {
  const { code = '', message } = error as NodeJS.ErrnoException
  return reasons[code] ?? message
}

export function isThere(path: string) {
  return access(path).then(
    () => true,
    () => false,
  )
}
