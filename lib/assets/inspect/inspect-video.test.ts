import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tinyMp4 } from '../../../tests/support/tiny-mp4.ts'
import { brokenVideoExit } from './broken-video-exit.ts'
import { inspectVideo } from './inspect-video.ts'

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
