import { createCanvas, loadImage } from '@napi-rs/canvas'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EditOrder } from '#lib/contract/generation'
import { type FilmOptions, film } from '../../../../tests/support/films/film.ts'
import { lookInto, nameOf, readGif, readWebp } from './read-result.ts'
import { begin, createEditsBed, follow, pathOf } from './test-bed.ts'

let bed: Awaited<ReturnType<typeof createEditsBed>>

beforeEach(async () => {
  bed = await createEditsBed()
})
afterEach(() => bed.close())

const numbered = { isNumbered: true, frames: 75, fps: 25, width: 320, height: 192 } as const
let keys = 0

/** The file that comes of an edit of these films, and the films as they are afterwards. */
async function make(edit: EditOrder, ...films: Uint8Array[]) {
  const provider = bed.createProvider()
  const paths = await Promise.all(films.map((bytes) => bed.keep(bytes)))
  const operation = await begin(provider, `edit-${(keys += 1)}`, edit, paths)
  const seen = await follow(provider, operation, paths)
  for (const [index, path] of paths.entries())
    expect(sha256(await readFile(path))).toBe(sha256(films[index]!))
  return { path: pathOf(seen.at(-1)), seen }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const range = (from: number, after: number) =>
  Array.from({ length: after - from }, (_, index) => from + index)

/** A film of 3 s at 25 frames a second, with a tone in the first half of each. */
const heard = { ...numbered, hasSound: true, hasTone: true } as const

/** What is heard, in hundredths of a second: when the tone begins and ends. */
function heardIn({ sound }: Looked) {
  return sound?.changes.map(({ at }) => at * 100)
}

type Looked = Awaited<ReturnType<typeof lookInto>>

/** Times as they are heard where the sound of the source is late by so much: its encoder begins with silence. */
async function expectHeard(made: Looked, times: number[], source: Uint8Array) {
  const late = (await lookInto(await bed.keep(source))).sound!.changes[0]!.at * 100
  const heard = heardIn(made)!
  expect(heard).toHaveLength(times.length)
  for (const [index, time] of times.entries())
    expect(Math.abs(heard[index]! - late - time)).toBeLessThan(0.3)
}

describe('trim', () => {
  it('keeps the frames of the span and no other, and the sound that belongs to them', async () => {
    const source = await film(heard)
    const { path, seen } = await make({ operation: 'trim', from: 0.6, to: 1.96 }, source)
    const made = await lookInto(path)
    expect(made.numbers).toEqual(range(15, 49))
    expect(made.seconds).toBeCloseTo(1.36, 3)
    expect(made.starts[1]).toBeCloseTo(0.04, 4)
    await expectHeard(made, [40, 90], source)
    expect(made.sound!.duration).toBeCloseTo(1.36, 3)
    expect(made.corners[0]).toEqual(['red', 'green', 'blue', 'white'])
    const progress = seen.flatMap((one) => (one.status === 'pending' ? [one.progress!] : []))
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
  })

  it('keeps a single frame', { tags: 'long' }, () => expectKept(1.0, 1.01, 25, 26))

  // Which frames a span has is told by `source-film.test.ts`.
  it.each([
    ['the first frame', 0, 0.04, 0, 1],
    ['the last frame', 2.96, 3, 74, 75],
    ['all of it', 0, 3, 0, 75],
    ['to past its end', 2.8, 9, 70, 75],
    ['times between frames, to the nearest', 0.055, 0.135, 1, 3],
  ])('keeps %s', { tags: 'long' }, (_, ...span) => expectKept(...span))

  async function expectKept(from: number, to: number, first: number, after: number) {
    const { path } = await make({ operation: 'trim', from, to }, await film(numbered))
    const made = await lookInto(path)
    expect(made.numbers).toEqual(range(first, after))
    expect(made.sound).toBeNull()
  }

  it('finds the frames of a rate whose times are no round numbers', { tags: 'long' }, async () => {
    const source = await film({ ...numbered, frames: 70, fps: 30_000 / 1_001 })
    const made = await lookInto(
      (await make({ operation: 'trim', from: 0.567, to: 1.235 }, source)).path,
    )
    expect(made.numbers).toEqual(range(17, 37))
  })

  it('reads another codec in another container', { tags: 'long' }, () =>
    expectRead({ container: 'mov', codec: 'hevc' }),
  )

  it.each([
    { container: 'webm', codec: 'vp9' },
    { container: 'mp4', codec: 'hevc' },
    { container: 'mkv', codec: 'av1' },
    { container: 'ts', codec: 'avc' },
    { container: 'mp4 in fragments', codec: 'avc' },
  ] as const)('reads $codec in $container', { tags: 'long' }, expectRead)

  async function expectRead(kind: FilmOptions) {
    const source = await film({ ...heard, ...kind })
    const { path } = await make({ operation: 'trim', from: 1, to: 2 }, source)
    const made = await lookInto(path)
    expect(made.codec).toBe('avc')
    expect(made.numbers).toEqual(range(25, 50))
    await expectHeard(made, [0, 50], source)
  }

  it('turns a film upright', { tags: 'long' }, async () => {
    const source = await film({ rotation: 90, frames: 10, fps: 10 })
    const { path } = await make({ operation: 'trim', from: 0, to: 0.5 }, source)
    const made = await lookInto(path)
    expect([made.width, made.height]).toEqual([96, 160])
    expect(made.corners[0]).toEqual(['blue', 'red', 'white', 'green'])
  })
})

describe('join', () => {
  it('takes films of one decoder over by packets, and puts their sound together', async () => {
    const source = await film(heard)
    const { path } = await make({ operation: 'join' }, source, source)
    const made = await lookInto(path)
    expect(made.numbers).toEqual([...range(0, 75), ...range(0, 75)])
    expect(made.seconds).toBeCloseTo(6, 3)
    await expectHeard(
      made,
      range(0, 12).map((half) => half * 50),
      source,
    )
    expect(made.sound!.duration).toBeCloseTo(6, 3)
    for (const [index, start] of made.starts.entries()) expect(start).toBeCloseTo(index / 25, 3)
  })

  it(
    'draws others in the size of the first one, with silence where one has no sound',
    { tags: 'long' },
    async () => {
      const first = await film({ ...heard, frames: 25 })
      const second = await film({
        ...numbered,
        codec: 'hevc',
        container: 'mov',
        width: 192,
        height: 192,
        frames: 10,
        fps: 10,
      })
      const third = await film({ ...heard, width: 640, height: 384, frames: 25 })
      const { path } = await make({ operation: 'join' }, first, second, third)
      const made = await lookInto(path)
      expect([made.codec, made.width, made.height]).toEqual(['avc', 320, 192])
      expect(made.starts).toHaveLength(60)
      expect(made.numbers.slice(0, 25)).toEqual(range(0, 25))
      expect(made.numbers.slice(35)).toEqual(range(0, 25))
      expect(made.seconds).toBeCloseTo(3, 3)
      expect(made.corners[30]).toEqual(['black', 'black', 'black', 'black'])
      await expectHeard(made, [0, 50, 200, 250], first)
    },
  )

  it(
    'shows the frame once that a film and the one that goes on from it have in common',
    { tags: 'long' },
    async () => {
      const source = await film({ ...heard, frames: 25 })
      const short = await film({ ...numbered, frames: 1 })
      const order = { operation: 'join', continued: true } as const
      const made = await lookInto((await make(order, source, source, short)).path)
      // A film of a single frame is shown: there is nothing else of it.
      expect(made.numbers).toEqual([...range(0, 25), ...range(1, 25), 0])
      expect(made.seconds).toBeCloseTo(2, 3)
      expect(made.sound!.duration).toBeCloseTo(2, 3)
      for (const [index, start] of made.starts.entries()) expect(start).toBeCloseTo(index / 25, 3)
    },
  )

  it('brings sound of another rate to that of the first', { tags: 'long' }, async () => {
    const first = await film({ ...heard, frames: 25, sampleRate: 44_100 })
    const { path } = await make({ operation: 'join' }, first, await film({ ...heard, frames: 25 }))
    await expectHeard(await lookInto(path), [0, 50, 100, 150], first)
  })
})

describe('mute and loop', () => {
  it('takes the sound away and leaves the packets as they are', { tags: 'long' }, async () => {
    const { path } = await make({ operation: 'mute' }, await film(heard))
    const made = await lookInto(path)
    expect(made.sound).toBeNull()
    expect(made.numbers).toEqual(range(0, 75))
  })

  it(
    'plays a film several times, without a gap in pictures or sound',
    { tags: 'long' },
    async () => {
      const source = await film({ ...heard, frames: 25 })
      const { path } = await make({ operation: 'loop', times: 3 }, source)
      const made = await lookInto(path)
      expect(made.numbers).toEqual([...range(0, 25), ...range(0, 25), ...range(0, 25)])
      await expectHeard(made, [0, 50, 100, 150, 200, 250], source)
    },
  )
})

describe('crop', () => {
  const source = () => film({ ...heard, frames: 10, fps: 10 })

  it('keeps 9:16 around its right in view', () =>
    expectCropped('9:16', { x: 1, y: 0.5 }, 108, ['green', 'green', 'white', 'white']))

  it.each([
    ['9:16', { x: 0, y: 0.5 }, 108, ['red', 'red', 'blue', 'blue']],
    ['1:1', { x: 0.5, y: 0.5 }, 192, ['red', 'green', 'blue', 'white']],
  ] as const)('keeps %s around %j in view', { tags: 'long' }, expectCropped)

  async function expectCropped(
    aspectRatio: '9:16' | '1:1',
    focus: { x: number; y: number },
    width: number,
    corners: readonly string[],
  ) {
    const { path } = await make({ operation: 'crop', aspectRatio, focus }, await source())
    const made = await lookInto(path)
    expect([made.width, made.height]).toEqual([width, 192])
    expect(made.corners[0]).toEqual(corners)
    expect(made.starts).toHaveLength(10)
    await expectHeard(made, [0, 50], await source())
  }

  it('cuts above and below where the film is too tall', { tags: 'long' }, async () => {
    const tall = await film({ width: 96, height: 320 })
    const order = { operation: 'crop', aspectRatio: '16:9', focus: { x: 0.5, y: 0 } } as const
    const made = await lookInto((await make(order, tall)).path)
    expect([made.width, made.height]).toEqual([96, 54])
    expect(made.corners[0]).toEqual(['red', 'green', 'red', 'green'])
  })
})

describe('frame', () => {
  it('takes the last one as a PNG', () => expectTaken('last', 74))

  // Which frame is shown at a time is told by `source-film.test.ts`.
  it.each([
    ['first', 0],
    [1.0, 25],
    [1.039, 25],
    [99, 74],
  ] as const)('takes %s as a PNG', { tags: 'long' }, expectTaken)

  async function expectTaken(at: 'first' | 'last' | number, number: number) {
    const { path } = await make({ operation: 'frame', at }, await film(numbered))
    const image = await loadImage(path)
    expect([image.width, image.height]).toEqual([320, 192])
    expect((await readFile(path)).subarray(1, 4).toString()).toBe('PNG')
    expect(numberIn(image)).toBe(number)
  }
})

function numberIn(image: Awaited<ReturnType<typeof loadImage>>) {
  const context = createCanvas(image.width, image.height).getContext('2d')
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, Math.floor(image.height / 2), image.width, 1)
  const bits = range(0, 8).map((bit) =>
    nameOf(data, Math.floor(((bit + 0.5) * image.width) / 8) * 4),
  )
  return bits.reduce((sum, colour) => sum * 2 + (colour === 'white' ? 1 : 0), 0)
}

describe('animation', () => {
  const order = { operation: 'animation', from: 1, to: 2, width: 160, fps: 5 } as const

  it('makes a WebP that repeats, of the frames at its rate', { tags: 'long' }, async () => {
    const { path } = await make({ ...order, format: 'webp' }, await film(numbered))
    const { frames, ...whole } = readWebp(await readFile(path))
    expect(whole).toEqual({ width: 160, height: 96, loops: 0 })
    expect(frames.map(({ milliseconds }) => milliseconds)).toEqual([200, 200, 200, 200, 200])
    const images = await Promise.all(frames.map(({ still }) => loadImage(still)))
    expect(images.map(numberIn)).toEqual([25, 30, 35, 40, 45])
  })

  it('makes a GIF that repeats, of the frames at its rate', { tags: 'long' }, async () => {
    const { path } = await make({ ...order, format: 'gif', fps: 15 }, await film(numbered))
    const gif = readGif(await readFile(path))
    expect(gif).toMatchObject({ width: 160, height: 96, loops: 0 })
    expect(gif.delays).toHaveLength(15)
    expect(gif.delays.reduce((sum, delay) => sum + delay, 0)).toBe(100)
    expect(numberIn(await loadImage(path))).toBe(25)
  })

  it('is never larger than the film', { tags: 'long' }, async () => {
    const { path } = await make({ ...order, format: 'gif', width: 1_000 }, await film(numbered))
    expect(readGif(await readFile(path))).toMatchObject({ width: 320, height: 192 })
  })
})

describe('what cannot be edited', () => {
  it('says so at once, and does not try again', async () => {
    const provider = bed.createProvider()
    const path = await bed.keep(Buffer.from('no film at all'))
    const operation = await begin(provider, 'no-film', { operation: 'mute' }, [path])
    const result = (await follow(provider, operation, [path])).at(-1)
    expect(result).toMatchObject({
      status: 'failed',
      error: { retryable: false, userMessage: { key: 'edits.hindrance.unreadable' } },
    })
    expect(
      (await bed.filesOf('no-film')).filter((name) => name.startsWith('attempt')),
    ).toHaveLength(1)
  })
})
