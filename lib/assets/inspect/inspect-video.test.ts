import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { tinyMp4 } from '../../../tests/support/films/tiny-mp4.ts'
import { lookEachTime } from '../../../tests/support/films/remembered-looks.ts'
import { brokenVideoExit } from './media-facts.ts'
import { inspectVideo } from './inspect-video.ts'

beforeAll(lookEachTime)

const { signal } = new AbortController()
const folder = () => mkdtemp(join(tmpdir(), 'photofinish-inspect-'))

test('an inspection that cannot write down what it found is no verdict', async () => {
  const nowhere = join(await folder(), 'gone')
  const inspection = inspectVideo(await tinyMp4(), nowhere, signal)
  await expect(inspection).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('ENOENT') as string,
  })
})

test('an inspection that cannot read the video is no verdict', async () => {
  const work = await folder()
  const inspection = inspectVideo(join(work, 'gone.mp4'), work, signal)
  await expect(inspection).rejects.toMatchObject({ code: 1 })
})

test('bytes that are no video are a verdict, and no pictures', async () => {
  const work = await folder()
  await writeFile(join(work, 'page.mp4'), '<!doctype html>')
  const inspection = inspectVideo(join(work, 'page.mp4'), work, signal)
  await expect(inspection).rejects.toMatchObject({ code: brokenVideoExit })
  expect(await readdir(work)).toEqual(['page.mp4'])
})

describe('S11: a film that claims what cannot be decoded', () => {
  test('is a verdict where it claims more pixels than any film has', async () => {
    const work = await folder()
    const path = join(work, 'claim.mp4')
    await writeFile(path, claiming(await readFile(await tinyMp4()), 65_535, 65_535))
    await expect(inspectVideo(path, work, signal)).rejects.toMatchObject({ code: brokenVideoExit })
    expect(await readdir(work)).toEqual(['claim.mp4'])
  })

  test('is a verdict where no frame comes out of it', async () => {
    const work = await folder()
    const path = join(work, 'noise.mp4')
    const film = await readFile(await tinyMp4())
    const frames = film.indexOf('mdat') + 4
    await writeFile(path, film.fill(0x55, frames, frames + film.readUInt32BE(frames - 8) - 8))
    await expect(inspectVideo(path, work, signal)).rejects.toMatchObject({ code: brokenVideoExit })
  })
})

/** The same film with another size in the sample entry of its H.264 track. */
function claiming(film: Buffer, width: number, height: number) {
  const size = film.indexOf('avc1', film.indexOf('stsd')) + 4 + 24
  film.writeUInt16BE(width, size)
  film.writeUInt16BE(height, size + 2)
  return film
}
