import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from '../env.ts'

/** What sessions are signed with: `AUTH_SECRET`, else one made at the first start and kept in the data directory. */
export function authSecret(): string {
  return env().AUTH_SECRET ?? kept('auth-secret', 32, /\S/)
}

/**
 * Tells this installation from another one on the same host name: browsers do not tell ports apart in cookies. Made at
 * the first start and kept in the data directory; a restore leaves it out, since a
 * copy may run beside its original. Sessions move over by themselves: both sign with the same secret.
 */
export function installationId(): string {
  return kept('installation-id', 4, /^[0-9a-f]{8}$/)
}

/** What a file holds, where it has this form. A file that was cut off is replaced; of two that make it, one wins. */
function kept(name: string, bytes: number, form: RegExp) {
  const { DATA_DIR } = env()
  const path = join(DATA_DIR, name)
  const found = contentOf(path)
  if (found !== undefined && form.test(found)) return found
  mkdirSync(DATA_DIR, { recursive: true })
  const own = `${path}.${process.pid}`
  writeFileSync(own, randomBytes(bytes).toString('hex'), { mode: 0o600, flush: true })
  if (found !== undefined || !isLinked(own, path)) renameSync(own, path)
  rmSync(own, { force: true })
  return readFileSync(path, 'utf8')
}

function contentOf(path: string) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Whether a file is there under its name, by this or by another process; false where the disk knows no links. */
function isLinked(from: string, to: string) {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST'
  }
}
