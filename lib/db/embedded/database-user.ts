import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface SystemUser {
  uid: number
  gid: number
}

/**
 * The system user that runs the database where we are root: `postgres` where it exists, else `photofinish`, made
 * once as a system account without a login.
 */
export async function findDatabaseUser(): Promise<SystemUser> {
  for (const name of ['postgres', 'photofinish']) {
    const found = await idsOf(name)
    if (found) return found
  }
  const options = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin']
  await run('useradd', [...options, 'photofinish']).catch(() => {})
  const made = await idsOf('photofinish')
  if (made) return made
  throw new Error(
    'PostgreSQL does not run as root, and no system user for it could be made. Run as a plain user, or set DATABASE_URL.',
  )
}

async function idsOf(name: string): Promise<SystemUser | undefined> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, name])))
    return { uid: Number(uid!.stdout), gid: Number(gid!.stdout) }
  } catch {
    return undefined
  }
}
