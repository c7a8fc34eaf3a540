import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { endProcess } from './processes.ts'

/** An empty data directory of a test's own. Others may pass it: as root the database runs as another user. */
export async function makeEmptyFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'photofinish-e2e-'))
  await chmod(folder, 0o755)
  return folder
}

/** The variable in which the global set-up says where a data directory lies that has been started once. */
export const readyFolderVariable = 'PHOTOFINISH_E2E_READY_FOLDER'

/** A data directory of a test's own, as a first start leaves it behind. */
export async function makeDataFolder() {
  const folder = await makeEmptyFolder()
  const ready = process.env[readyFolderVariable]
  // Unlike Node's own copy it keeps the owner, who must be the database's user.
  if (ready) await promisify(execFile)('cp', ['-a', `${ready}/.`, folder])
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
