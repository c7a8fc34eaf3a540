import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import pg from 'pg'
import { parseEnv } from '../../env.ts'
import { closeUsersFolders, openDataFolder, restoringMark } from './data-folder.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'

let folder: string
let server: EmbeddedPostgres | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photofinish-paths-'))
  await chmod(folder, 0o755)
})
afterEach(async () => {
  await server?.stop().catch(() => server?.stop())
  server = undefined
  await rm(folder, { recursive: true, force: true })
})

async function works(path: string) {
  server = await startEmbeddedPostgres(path)
  const client = new pg.Client({ connectionString: server.connectionString })
  await client.connect()
  const { rows } = await client.query('show data_directory')
  await client.end()
  expect(rows).toEqual([{ data_directory: join(path, 'postgres') }])
}

describe('F17: a database under a path', () => {
  it(
    'F17: that shells, lists, addresses and settings read, and that is not Latin',
    { tags: 'long' },
    () => works(join(folder, String.raw`it's "$HOME", 50%\ ${'`id`'} #? @Мои видео 動画 🎬 `)),
  )

  it('F17: of many bytes and few letters', { tags: 'long' }, async () => {
    await works(join(folder, '動画'.repeat(20)))
    await server!.stop()
    await works(join(folder, '動画'.repeat(20)))
  })

  it('F17: that leads over a link', { tags: 'long' }, async () => {
    await mkdir(join(folder, 'real'))
    await symlink(join(folder, 'real'), join(folder, 'link'))
    server = await startEmbeddedPostgres(join(folder, 'link'))
    const again = await startEmbeddedPostgres(join(folder, 'real'))
    expect(again.wasAdopted).toBe(true)
  })
})

describe('F17: a data directory that cannot be used', () => {
  it.each<[string, () => Promise<string>, RegExp]>([
    [
      'is a file',
      async () => {
        await writeFile(join(folder, 'file'), '')
        return join(folder, 'file')
      },
      /is a file/,
    ],
    [
      'lies in a file',
      async () => {
        await writeFile(join(folder, 'file'), '')
        return join(folder, 'file', 'data')
      },
      /is a file/,
    ],
    [
      'is a broken link',
      async () => {
        await symlink(join(folder, 'nowhere', 'else'), join(folder, 'link'))
        return join(folder, 'link')
      },
      /link/,
    ],
    [
      'is a link to itself',
      async () => {
        await symlink(join(folder, 'link'), join(folder, 'link'))
        return join(folder, 'link')
      },
      /link/,
    ],
    ['has too long a name', async () => join(folder, 'a'.repeat(300)), /too long/],
    ['has too long a path', async () => join(folder, 'long/'.repeat(200)), /1[0-9]{3} bytes/],
    ['cannot be written', async () => '/proc/photofinish', /DATA_DIR \(\/proc\/photofinish\)/],
    [
      'was restored in part',
      async () => {
        await writeFile(join(folder, restoringMark), '')
        return folder
      },
      /restore .* did not finish/,
    ],
  ])('F17: because it %s: says so', async (_name, make, words) => {
    await expect(openDataFolder(await make())).rejects.toThrow(words)
  })
})

describe('F17: DATA_DIR', () => {
  it('F17: may be relative, and end with a slash', () => {
    expect(parseEnv({ DATA_DIR: 'here/data/' }).DATA_DIR).toBe(join(process.cwd(), 'here/data'))
  })

  it.each([
    ['/da\nta', 'U+000A'],
    ['/da\rta', 'U+000D'],
    ['/da\tta', 'U+0009'],
    ['/data\u007f', 'U+007F'],
  ])('F17: %j is refused, and the character named', (path, named) => {
    expect(() => parseEnv({ DATA_DIR: path })).toThrow(`DATA_DIR: take the character ${named} out`)
  })
})

it('S15: what users made is closed to others, also films under way and what was open before', async () => {
  await mkdir(join(folder, 'media', 'file_1'), { recursive: true, mode: 0o755 })
  await chmod(join(folder, 'media'), 0o777)
  await closeUsersFolders(folder)
  for (const name of ['media', 'renders', 'work'])
    expect((await stat(join(folder, name))).mode & 0o777, name).toBe(0o700)
  expect((await stat(folder)).mode & 0o777).toBe(0o755)
})
