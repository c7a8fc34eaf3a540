import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from '../env.ts'
import { log } from '../log.ts'

/** What sessions are signed with: `AUTH_SECRET`, else one made at the first start and kept in the data directory. */
export function authSecret(): string {
  return env().AUTH_SECRET ?? kept('auth-secret', 32, /[^\s\0]/)
}

/**
 * Tells this installation from another one on the same host name: browsers do not tell ports apart in cookies. Made at
 * the first start and kept in the data directory; a restore leaves it out, since a copy may run next to its original.
 * Sessions move over by themselves: both sign with the same secret.
 */
export function installationId(): string {
  return kept('installation-id', 4, /^[0-9a-f]{8}$/)
}

/** Of two processes that make it at once, both get the same. A file that a crash or a full disk left empty is none. */
function kept(name: string, bytes: number, usable: RegExp) {
  const { DATA_DIR } = env()
  const path = join(DATA_DIR, name)
  mkdirSync(DATA_DIR, { recursive: true })
  const found = read(path)
  if (found !== undefined && usable.test(found)) return found
  if (found !== undefined) {
    log().warn({ path }, 'the file holds nothing usable and is made again')
    rmSync(path, { force: true })
  }
  const part = `${path}.${randomBytes(4).toString('hex')}.part`
  try {
    const text = randomBytes(bytes).toString('hex')
    writeFileSync(part, text, { mode: 0o600, flag: 'wx', flush: true })
    putInPlace(part, path)
  } finally {
    rmSync(part, { force: true })
  }
  return readFileSync(path, 'utf8')
}

function read(path: string) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Whole, and not over one that another process has put there meanwhile. */
function putInPlace(part: string, path: string) {
  try {
    linkSync(part, path)
  } catch (error) {
    // A file system without links gives up the second promise alone.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') renameSync(part, path)
  }
}
