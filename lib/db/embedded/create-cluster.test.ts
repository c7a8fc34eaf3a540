import { chmod, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCluster } from './create-cluster.ts'
import type { DatabaseHome } from './database-home.ts'

let folder: string
let home: DatabaseHome
const place = (...names: string[]) => join(folder, 'postgres', ...names)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photofinish-cluster-'))
  const directory = place()
  const binaries = { initdb: '/bin/false', postgres: '/bin/false', version: '18.4.0' }
  home = { directory, socketDirectory: directory, binaries, owner: undefined }
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function files(...names: string[]) {
  for (const name of names) {
    await mkdir(join(place(name), '..'), { recursive: true, mode: 0o700 })
    await writeFile(place(name), name === 'PG_VERSION' ? '18\n' : '')
  }
}

describe('F16: a directory that is no whole database', () => {
  it.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'of a first start that was cut off',
      () => files('base/1', 'pg_wal/1'),
      /PG_VERSION is missing/,
    ],
    [
      'without its control file',
      () => files('PG_VERSION', 'base/1'),
      /global\/pg_control is missing/,
    ],
    [
      'of another PostgreSQL',
      async () => {
        await files('PG_VERSION', 'global/pg_control')
        await writeFile(place('PG_VERSION'), '16\n')
      },
      /was made by PostgreSQL 16; this is 18/,
    ],
    [
      'with a garbled version',
      async () => {
        await files('PG_VERSION', 'global/pg_control')
        await writeFile(place('PG_VERSION'), '')
      },
      /PG_VERSION is unreadable/,
    ],
    ['that is a file', () => writeFile(place(), 'x'), /cannot be read as a folder/],
  ])('F16: %s: says so, and stays as it is', async (_name, make, words) => {
    await make()
    const before = await readdir(folder, { recursive: true })
    await expect(createCluster(home)).rejects.toThrow(words)
    expect(await readdir(folder, { recursive: true })).toEqual(before)
  })

  it('F16: that could not be made is not left half behind', async () => {
    await expect(createCluster(home)).rejects.toThrow('The database could not be made in')
    expect(await readdir(folder)).toEqual([])
  })

  it('F16: takes a whole one, also where a copy has widened its permissions', async () => {
    await files('PG_VERSION', 'global/pg_control')
    await chmod(place(), 0o755)
    await createCluster(home)
  })

  it('F16: what starts of long ago left unfinished goes with the next first start', async () => {
    const [old, young] = ['postgres.unfinished-0123abcd', 'postgres.unfinished-4567abcd']
    await mkdir(join(folder, old))
    await utimes(join(folder, old), 0, 0)
    await mkdir(join(folder, young))
    await mkdir(join(folder, 'postgres.of-mine'))
    await expect(createCluster(home)).rejects.toThrow()
    expect(await readdir(folder)).toEqual(['postgres.of-mine', young])
  })
})
