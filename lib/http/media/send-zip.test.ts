import { execFile } from 'node:child_process'
import { hash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { insertUpload } from '../../assets/assets.ts'
import { productionStorage } from '../../assets/storage/production-storage.ts'
import { newId } from '../../ids.ts'
import { withFrontDoor } from '../front-door/test-front-door.ts'
import { aVisitor, useDataFolder } from '../test-visitor.ts'

useDataFolder()
withTestDatabase()
const door = withFrontDoor()

const run = promisify(execFile)
const sums =
  'import sys,zipfile,hashlib; z=zipfile.ZipFile(sys.argv[1]); print(*[hashlib.sha256(z.read(f"film-{i}.mp4")).hexdigest() for i in range(3)])'
const films = [5_000_000, 1_000_000, 300_000].map((bytes) => randomBytes(bytes))

let folder: string
let anna: Awaited<ReturnType<typeof aVisitor>>
let ids: string[]
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photofinish-send-zip-'))
  anna = await aVisitor()
  ids = await Promise.all(films.map(bring))
})

async function bring(film: Buffer, place: number) {
  const id = newId('video')
  const source = join(folder, id)
  await writeFile(source, film)
  await productionStorage().put(`${id}/video.mp4`, source)
  const now = new Date()
  await insertUpload({
    id,
    ownerId: anna.ownerId,
    kind: 'video',
    storageKey: `${id}/video.mp4`,
    contentType: 'video/mp4',
    sizeBytes: film.length,
    drawnBytes: 0,
    sha256: id,
    width: 16,
    height: 16,
    name: `film ${place}.mp4`,
    isKept: true,
    createdAt: now,
    usedAt: now,
  })
  return id
}

const headers = () => ({
  ...Object.fromEntries(anna.request('/').headers),
  'content-type': 'application/json',
})

function post(body: object) {
  return door.open('POST', '/api/v1/library/zip', headers(), JSON.stringify(body))
}

describe('a ZIP through the front door', () => {
  test('is whole, though all of it went through the same memory', async () => {
    const posted = await post({ ids })
    expect(posted.statusCode).toBe(200)
    const path = join(folder, 'all.zip')
    await writeFile(path, await buffer(posted))
    const { stdout } = await run('python3', ['-c', sums, path])
    expect(stdout.trim().split(' ')).toEqual(films.map((film) => hash('sha256', film)))
    const made = await post({ ids, asLink: true })
    expect(made.statusCode).toBe(201)
    const { url } = JSON.parse((await buffer(made)).toString()) as { url: string }
    const linked = await buffer(await door.open('GET', url, headers()))
    expect(linked.equals(await readFile(path))).toBe(true)
    const head = await door.open('HEAD', url, headers())
    expect(head.headers['content-disposition']).toMatch(/filename="photofinish-.*\.zip"/)
    expect(door.handed()).toEqual([])
  })

  test('is refused as every request is: of another owner, of another site, of no JSON', async () => {
    const boris = await aVisitor()
    const cookie = boris.request('/').headers.get('cookie')!
    const body = JSON.stringify({ ids })
    const path = '/api/library/zip'
    const foreign = await door.open('POST', path, { ...headers(), cookie }, body)
    const site = { 'sec-fetch-site': 'cross-site', origin: 'https://else.example' }
    const crossed = await door.open('POST', path, { ...headers(), ...site }, body)
    const garbled = await door.open('POST', path, headers(), '{"ids":')
    const large = await door.open('POST', path, headers(), `"${'a'.repeat(70_000)}"`)
    const answers = [foreign, crossed, garbled, large]
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 403, 400, 413])
    for (const answer of answers) await buffer(answer)
  })

  test('a film is sent whole and in parts, and ends with a reader that leaves', async () => {
    const path = `/api/media/${ids[0]}/video.mp4`
    expect((await buffer(await door.open('GET', path, headers()))).equals(films[0]!)).toBe(true)
    const range = { ...headers(), range: 'bytes=262143-1048577' }
    const part = await door.open('GET', path, range)
    expect(part.statusCode).toBe(206)
    expect((await buffer(part)).equals(films[0]!.subarray(262_143, 1_048_578))).toBe(true)
    const left = await door.open('GET', path, headers())
    left.destroy()
    expect((await buffer(await door.open('GET', path, headers()))).equals(films[0]!)).toBe(true)
  })
})
