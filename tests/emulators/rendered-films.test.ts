import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tinyMp4 } from '../support/films/tiny-mp4.ts'
import { type EmulatedJob, startEmulator } from './emulator.ts'
import { renderedFilms } from './rendered-films.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photofinish-films-'))
})
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

const order = (reference: string) => ({ reference, prompt: 'a fox', model: 'm', billedUsd: 0 })

async function sizeOf(bytes: ArrayBuffer) {
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS })
  const track = (await input.getPrimaryVideoTrack())!
  return [track.displayWidth, track.displayHeight, await input.computeDuration()]
}

test(
  'a job ends in a film of its prompt, as tall, wide and long as was asked for',
  { tags: 'long' },
  async () => {
    const emulator = await startEmulator('kie', () => async () => undefined, {
      filmOf: renderedFilms(folder),
    })
    const fetchFilm = async (job: EmulatedJob) => (await fetch(emulator.linkOf(job))).arrayBuffer()
    const tall = emulator.addJob(order('tall'))
    tall.details = { body: { aspect_ratio: '9:16', duration: 2 } }
    const square = emulator.addJob({ ...order('square'), prompt: 'rain #kie:link-redirect' })
    square.details = { request: { parameters: { aspectRatio: '1:1', durationSeconds: '3s' } } }
    const film = await fetchFilm(tall)
    expect(await sizeOf(film)).toEqual([480, 854, 2])
    expect(await sizeOf(await fetchFilm(square))).toEqual([480, 480, 3])
    // Its bytes stay the same, however often they are fetched.
    expect(Buffer.from(await fetchFilm(tall)).equals(Buffer.from(film))).toBe(true)
    await emulator.close()
  },
)

test('by default it ends in the same tiny film, at once', async () => {
  const emulator = await startEmulator('kie', () => async () => undefined)
  const response = await fetch(emulator.linkOf(emulator.addJob(order('any'))))
  const film = Buffer.from(await response.arrayBuffer())
  expect(film.equals(await readFile(await tinyMp4()))).toBe(true)
  await emulator.close()
})
