import { inEnglish } from '#lib/messages/translate'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Room, type RoomOptions, assertRoom, roomMessage, roomOf } from './room.ts'

const keepFreeBytes = 100_000_000
const disk = (free: number, more = {}) => ({
  bsize: 4_096,
  bavail: Math.floor(free / 4_096),
  blocks: 1_000_000,
  files: 1_000_000,
  ffree: 500_000,
  ...more,
})

const roomWith = (options: RoomOptions) =>
  roomOf('/nowhere', { keepFreeBytes, probe: async () => {}, ...options })()
const refusing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }))

describe('P8: room for new bytes', () => {
  it.each<[string, number, Room['state']]>([
    ['plenty', 10_000_000_000, 'ok'],
    ['just five times what is kept free', 500_002_816, 'ok'],
    ['less than that', 400_000_000, 'low'],
    ['less than what is kept free', 90_000_000, 'full'],
    ['none', 0, 'full'],
  ])('P8: %s', async (_name, free, state) => {
    const room = await roomWith({ statfs: async () => disk(free) })
    expect(room).toMatchObject({ state, freeBytes: Math.floor(free / 4_096) * 4_096 })
  })

  it.each<[string, Room['state'], Room['reason'], RegExp]>([
    ['ENOSPC', 'full', 'space', /is full\. 9 GB free\./],
    ['EDQUOT', 'full', 'quota', /quota is used up/],
    ['EROFS', 'unwritable', 'read_only', /read-only/],
    ['EACCES', 'unwritable', 'permission', /no permission to write/],
    ['EPERM', 'unwritable', 'permission', /no permission to write/],
    ['EIO', 'unwritable', 'other', /can’t write to its storage/],
  ])(
    'P8: a write refused with %s says so, whatever is free',
    async (code, state, reason, words) => {
      const room = await roomWith({ statfs: async () => disk(9e9), probe: refusing(code) })
      expect(room).toMatchObject({ state, reason })
      expect(inEnglish(roomMessage(room))).toMatch(words)
    },
  )

  it('P8: no files left is full as well', async () => {
    const room = await roomWith({ statfs: async () => disk(9e9, { ffree: 3 }) })
    expect(room).toMatchObject({ state: 'full', reason: 'files' })
    expect(inEnglish(roomMessage(room))).toContain('can’t hold more files. 9 GB free.')
  })

  it.each<[string, number, number, Room['state']]>([
    ['the database is nearly out of it', 9e9, 3e8, 'low'],
    ['the database has none', 9e9, 1_000, 'full'],
    ['the media are nearly out of it', 3e8, 9e9, 'low'],
    ['both are short of it', 1_000, 3e8, 'full'],
    ['both have it', 9e9, 9e9, 'ok'],
  ])('P8: media and database on two disks, %s', async (_name, media, other, state) => {
    const written: string[] = []
    const room = await roomOf('/media', {
      keepFreeBytes,
      besides: ['/data', '/data/postgres'],
      probe: async (folder) => void written.push(folder),
      statfs: async (path) => disk(path === '/data/postgres' ? other : media),
    })()
    expect(room.state).toBe(state)
    expect(written).toEqual(['/media'])
  })

  it('P8: another disk that is not there is ignored', async () => {
    const statfs = async (path: string) =>
      path === '/nowhere' ? disk(9e9) : Promise.reject(new Error('ENOENT'))
    expect(await roomWith({ statfs, besides: ['/data/postgres'] })).toMatchObject({ state: 'ok' })
  })

  it('P8: a file system that counts nothing is trusted', async () => {
    const uncounted = disk(0, { blocks: 0, files: 0, ffree: 0 })
    expect(await roomWith({ statfs: async () => uncounted })).toEqual({
      state: 'ok',
      freeBytes: null,
    })
    expect(await roomWith({ statfs: refusing('ENOSYS') })).toEqual({ state: 'ok', freeBytes: null })
  })

  it('P8: the file system is asked once in five seconds, for all who ask', async () => {
    let asked = 0
    let now = 0
    const statfs = async () => {
      asked += 1
      return disk(9e9)
    }
    const room = roomOf('/nowhere', { statfs, probe: async () => {}, now: () => now })
    await Promise.all(Array.from({ length: 100 }, () => room()))
    now = 4_999
    await room()
    expect(asked).toBe(1)
    now = 5_000
    await room()
    expect(asked).toBe(2)
  })

  it.each<[RoomOptions, string | null]>([
    [{ statfs: async () => disk(9e9) }, null],
    [{ statfs: async () => disk(3e8) }, null],
    [{ statfs: async () => disk(1_000) }, 'storage_full'],
    [{ statfs: async () => disk(9e9), probe: refusing('EROFS') }, 'storage_unavailable'],
  ])('P8: what is new is refused with a code', async (options, code) => {
    const refused = assertRoom({ room: () => roomWith(options) })
    if (code === null) await expect(refused).resolves.toBeUndefined()
    else
      await expect(refused).rejects.toMatchObject({
        code,
        status: code === 'storage_full' ? 507 : 503,
      })
  })
})

describe('P8: a real file system', () => {
  let folder: string
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'photofinish-room-'))))
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('P8: has room, and keeps nothing of the look', async () => {
    const room = await roomOf(join(folder, 'media'))()
    expect(room.state).toBe('ok')
    expect(room.freeBytes).toBeGreaterThan(0)
  })

  it('P8: a file where the folder should be is told of', async () => {
    await writeFile(join(folder, 'media'), '')
    expect(await roomOf(join(folder, 'media'))()).toMatchObject({ state: 'unwritable' })
  })

  it.each<[string, string, string[], Room['state'], Room['reason']]>([
    ['of 1 MB that is full', 'size=1m', ['head -c 2m /dev/zero > full || true'], 'full', 'space'],
    ['without a file left', 'size=1m,nr_inodes=4', ['touch a b c d || true'], 'full', 'files'],
    ['that became read-only', 'size=1m', ['mount -o remount,ro .'], 'unwritable', 'read_only'],
  ])('P8: one %s', async (_name, options, lines, state, reason) => {
    const run = promisify(execFile)
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).catch(
      () => undefined,
    )
    // Only root may mount, and not in every container; the cases above play the same.
    if (!mounted) return
    try {
      await run('/bin/sh', ['-c', lines.join('\n')], { cwd: folder })
      expect(await roomOf(folder)()).toMatchObject({ state, reason })
    } finally {
      await run('umount', [folder])
    }
  })
})
