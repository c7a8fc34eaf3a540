import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from '../env.ts'

/** What sessions are signed with: `AUTH_SECRET`, else one made at the first start and kept in the data directory. */
export function authSecret(): string {
  return env().AUTH_SECRET ?? kept('auth-secret', 32)
}

/**
 * Tells this installation from another one on the same host name: browsers do not tell ports apart in cookies. Made at
 * the first start and kept in the data directory.
 */
export function installationId(): string {
  return kept('installation-id', 4)
}

function kept(name: string, bytes: number) {
  const { DATA_DIR } = env()
  const path = join(DATA_DIR, name)
  mkdirSync(DATA_DIR, { recursive: true })
  try {
    writeFileSync(path, randomBytes(bytes).toString('hex'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(path, 'utf8')
}
