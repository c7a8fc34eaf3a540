import { createHash } from 'node:crypto'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type pg from 'pg'
import { holdRemovals } from '../db/queries/removals.ts'
import { type CopiedFile, copyFiles, listTree } from './copy-files.ts'

// What PostgreSQL makes itself at a start, or must not find in a copy; of these folders only the content.
const emptied = new Set([
  'pg_dynshmem',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
  'pg_wal',
])
const leftOut =
  /^(postmaster\.(pid|opts)|server\.log|backup_label(\.old)?|tablespace_map(\.old)?|\.s\.PGSQL\..*)$/
const madeAnew = /^(pgsql_tmp.*|pg_internal\.init.*)$/
// Which state the rest is in; copied last.
const control = join('global', 'pg_control')

function isLeftOut(path: string) {
  const [top, ...below] = path.split('/')
  return (
    (emptied.has(top!) && below.length > 0) || leftOut.test(path) || madeAnew.test(basename(path))
  )
}

export interface CopiedDatabase {
  files: CopiedFile[]
  folders: string[]
  postgresVersion: string
}

/**
 * Copies the cluster of a running server by PostgreSQL's own way for that: `pg_backup_start`, the files as they are,
 * `pg_backup_stop`, and the log of what was written meanwhile, from which a start brings the copy to the moment of the
 * stop. Until `connection` ends, nothing removes bytes that the copy names.
 */
export async function copyDatabase(
  connection: pg.Client,
  directory: string,
  target: string,
  signal: AbortSignal,
): Promise<CopiedDatabase> {
  const ask = async (text: string) => (await connection.query(text)).rows[0]
  await holdRemovals(connection)
  // Temporary, so that the server keeps its log until we have it, and no longer than we are connected.
  await ask(`select pg_create_physical_replication_slot(
    'photofinish_backup_' || pg_backend_pid(), true, true)`)
  const { segment: first } = await ask(
    `select pg_walfile_name(pg_backup_start('photofinish', fast => true)) as segment`,
  )
  const { files, folders } = await listTree(directory, isLeftOut)
  const copied = await copyFiles(
    directory,
    target,
    files.filter((path) => path !== control),
    signal,
  )
  copied.push(...(await copyFiles(directory, target, [control], signal)))
  const stop = await ask(`select pg_walfile_name(lsn) as last, labelfile, spcmapfile,
    current_setting('server_version') as version from pg_backup_stop(wait_for_archive => false)`)
  if (stop.spcmapfile?.trim())
    throw new Error('The database has tablespaces of its own, which this backup does not cover.')
  copied.push(...(await copyLog(directory, target, first, stop.last, signal)))
  copied.push(await writeLabel(target, stop.labelfile))
  const walFolders = [join('pg_wal', 'archive_status'), join('pg_wal', 'summaries')]
  for (const folder of [...folders, ...walFolders])
    await mkdir(join(target, folder), { recursive: true, mode: 0o700 })
  return { files: copied, folders: [...folders, ...walFolders], postgresVersion: stop.version }
}

async function copyLog(
  directory: string,
  target: string,
  first: string,
  last: string,
  signal: AbortSignal,
) {
  const names = (await readdir(join(directory, 'pg_wal'))).filter(
    (name) => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last,
  )
  if (!names.includes(first) || !names.includes(last))
    throw new Error('The database has already removed a part of its log. Run the backup again.')
  return copyFiles(
    directory,
    target,
    names.map((name) => join('pg_wal', name)),
    signal,
  )
}

/** By the label a start knows that this is a copy, and from where on to read the log. */
async function writeLabel(target: string, label: string): Promise<CopiedFile> {
  const path = 'backup_label'
  await writeFile(join(target, path), label, { mode: 0o600 })
  const sha256 = createHash('sha256').update(label).digest('hex')
  return { path, bytes: Buffer.byteLength(label), sha256 }
}
