import { chmod, mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endProcess } from './processes.ts'

/** A data directory of a test's own. Others may pass it: as root the database runs as another user. */
export async function makeDataFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'photofinish-e2e-'))
  await chmod(folder, 0o755)
  return folder
}

/** The process id of the embedded database, or undefined where none runs. */
export async function databasePid(folder: string) {
  const text = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(text.split('\n')[0])
  return pid > 0 ? pid : undefined
}

/** The process ids of the render children that have said a word so far. */
export async function renderPids(folder: string) {
  const renders = join(folder, 'renders')
  const tokens = await readdir(renders).catch(() => [])
  const pids = await Promise.all(
    tokens.map((token) => pidIn(join(renders, token, 'progress.json'))),
  )
  return pids.filter((pid) => pid !== undefined)
}

/** Ends what a killed server has left behind in a data directory, and removes the directory. */
export async function removeDataFolder(folder: string) {
  for (const pid of await renderPids(folder)) await endProcess(pid, folder, 'SIGKILL')
  const database = await databasePid(folder)
  if (database) await endProcess(database, folder, 'SIGQUIT')
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}

async function pidIn(path: string): Promise<number | undefined> {
  try {
    return (JSON.parse(await readFile(path, 'utf8')) as { pid: number }).pid
  } catch {
    return undefined
  }
}
