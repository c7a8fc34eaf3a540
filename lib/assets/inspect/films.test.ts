import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Canvas, loadImage } from '@napi-rs/canvas'
import { beforeAll, describe, expect, test } from 'vitest'
import { type FilmOptions, film } from '../../../tests/support/films/film.ts'
import { lookEachTime } from '../../../tests/support/films/remembered-looks.ts'
import { brokenVideoExit } from './media-facts.ts'
import { inspectVideo } from './inspect-video.ts'

beforeAll(lookEachTime)

const { signal } = new AbortController()

async function inspect(bytes: Buffer) {
  const folder = await mkdtemp(join(tmpdir(), 'photofinish-films-'))
  await writeFile(join(folder, 'film'), bytes)
  const facts = await inspectVideo(join(folder, 'film'), folder, signal)
  return { facts, poster: () => coloursOf(join(folder, 'poster.jpg')) }
}

const rejected = (bytes: Buffer) =>
  expect(inspect(bytes)).rejects.toMatchObject({ code: brokenVideoExit })

/** The colours of the four quarters: top left, top right, bottom left, bottom right. */
async function coloursOf(path: string) {
  const image = await loadImage(await readFile(path))
  const context = new Canvas(image.width, image.height).getContext('2d')
  context.drawImage(image, 0, 0)
  const places = [0.25, 0.75].flatMap((y) => [0.25, 0.75].map((x) => [x, y] as const))
  const colours = places.map(([x, y]) => {
    const { data } = context.getImageData(image.width * x, image.height * y, 1, 1)
    return ['-', 'r', 'g', '', 'b', '', '', 'w'][nameOf(data)]
  })
  return { size: `${image.width}x${image.height}`, colours: colours.join('') }
}

function nameOf(data: Uint8ClampedArray) {
  return [0, 1, 2].reduce((sum, index) => sum + (data[index]! > 128 ? 2 ** index : 0), 0)
}

/** Where the payload of a box begins; boxes are found by name, from the one given on. */
function boxAt(bytes: Buffer, ...names: string[]) {
  let at = 0
  for (const name of names) at = bytes.indexOf(name, at) + name.length
  return at
}

/** The same film with a matrix of its own in the header of its first track. */
function withMatrix(bytes: Buffer, ...[a, b, c, d]: number[]) {
  const at = boxAt(bytes, 'trak', 'tkhd') + 4 + 36
  for (const [place, value] of [a, b, 0, c, d, 0].entries())
    bytes.writeInt32BE(value! * (place % 3 === 2 ? 2 ** 30 : 2 ** 16), at + place * 4)
  return bytes
}

/** The same film with pixels that are so many times as wide as high; its frames lie in front of its boxes. */
function withPixelsOf(wide: number, high: number, bytes: Buffer) {
  const pasp = Buffer.alloc(16)
  pasp.writeUInt32BE(16, 0)
  pasp.write('pasp', 4)
  pasp.writeUInt32BE(wide, 8)
  pasp.writeUInt32BE(high, 12)
  const parents = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd', 'avc1']
  for (const [index] of parents.entries()) {
    const size = boxAt(bytes, ...parents.slice(0, index + 1)) - 8
    bytes.writeUInt32BE(bytes.readUInt32BE(size) + pasp.length, size)
  }
  const at = boxAt(bytes, ...parents, 'avcC') - 8
  return Buffer.concat([bytes.subarray(0, at), pasp, bytes.subarray(at)])
}

/** The same film with a track of sound that says it holds nothing. */
function silenced(bytes: Buffer) {
  const sound = bytes.indexOf('soun')
  for (const table of ['stts', 'stsc', 'stco'])
    bytes.writeUInt32BE(0, bytes.indexOf(table, sound) + 8)
  bytes.writeUInt32BE(0, bytes.indexOf('stsz', sound) + 12)
  return bytes
}

describe('F6: a film is taken in the container it came in', () => {
  type Taken = [FilmOptions, string, string, string | null]

  test.each<Taken>([
    [{ hasSound: true }, 'mp4', 'avc', 'aac'],
    [{ container: 'mov', codec: 'hevc', hasSound: true }, 'mov', 'hevc', 'aac'],
    [{ container: 'webm', codec: 'vp9', hasSound: true }, 'webm', 'vp9', 'opus'],
  ])('%j', expectTaken)

  test.each<Taken>([
    [{ codec: 'hevc' }, 'mp4', 'hevc', null],
    [{ container: 'mp4 in fragments', hasSound: true }, 'mp4', 'avc', 'aac'],
    [{ container: 'mov', hasSound: true }, 'mov', 'avc', 'aac'],
    [{ container: 'webm', codec: 'av1' }, 'webm', 'av1', null],
    [{ container: 'mkv', hasSound: true }, 'mkv', 'avc', 'opus'],
    [{ container: 'ts' }, 'ts', 'avc', null],
    [{ codec: 'vp9' }, 'mp4', 'vp9', null],
    [{ codec: 'av1' }, 'mp4', 'av1', null],
    [{ container: 'mp4 with its contents behind', hasSound: true }, 'mp4', 'avc', 'aac'],
    [{ container: 'webm', codec: 'vp8' }, 'webm', 'vp8', null],
  ])('%j', { tags: 'long' }, expectTaken)

  async function expectTaken(...[options, container, videoCodec, audioCodec]: Taken) {
    const { facts, poster } = await inspect(await film(options))
    expect(facts).toMatchObject({ container, videoCodec, audioCodec, filmstripFrames: 8 })
    expect(await poster()).toEqual({ size: '160x96', colours: 'rgbw' })
  }

  test('S11: also where it claims to last for 340 years, which is not believed', async () => {
    const bytes = await film()
    bytes.writeUInt32BE(1, boxAt(bytes, 'mdhd') + 12)
    bytes.writeUInt32BE(2 ** 30, boxAt(bytes, 'stts') + 12)
    const { facts } = await inspect(bytes)
    expect(facts).toMatchObject({ durationSeconds: null, hasPoster: true })
  })

  test('also where its track of sound is empty', async () => {
    const { facts } = await inspect(silenced(await film({ hasSound: true })))
    expect(facts).toMatchObject({ videoCodec: 'avc', audioCodec: null, hasPoster: true })
  })

  test('also where nothing here can decode it: its download is whole', async () => {
    const bytes = await film({ container: 'mov' })
    bytes.write('apch', boxAt(bytes, 'stsd') + 12)
    const { facts } = await inspect(bytes)
    expect(facts).toMatchObject({ container: 'mov', width: 160, height: 96 })
    expect(facts).toMatchObject({ videoCodec: 'prores', hasPoster: false, filmstripFrames: null })
  })
})

describe('F34: a film is drawn as it is seen', () => {
  type Seen = [name: string, options: FilmOptions, size: string, colours: string]

  test.each<Seen>([
    ['turned by 90', { rotation: 90 }, '96x160', 'brwg'],
    ['of odd sides', { codec: 'vp9', width: 65, height: 35 }, '65x35', 'rgbw'],
  ])('%s', expectSeen)

  test.each<Seen>([
    ['turned by 180', { rotation: 180 }, '160x96', 'wbgr'],
    ['turned by 270', { rotation: 270 }, '96x160', 'gwrb'],
    ['turned by 90 in Matroska', { rotation: 90, container: 'mkv' }, '96x160', 'brwg'],
    ['turned by 90 in MOV', { rotation: 90, container: 'mov' }, '96x160', 'brwg'],
    [
      'turned by 90 in fragments',
      { rotation: 90, container: 'mp4 in fragments' },
      '96x160',
      'brwg',
    ],
    ['turned by 270 in H.265', { rotation: 270, codec: 'hevc' }, '96x160', 'gwrb'],
    ['turned by 180 in AV1', { rotation: 180, codec: 'av1' }, '160x96', 'wbgr'],
    ['wide as a line', { width: 1280, height: 16 }, '1280x16', 'rgbw'],
  ])('%s', { tags: 'long' }, expectSeen)

  async function expectSeen(...[, options, size, colours]: Seen) {
    const { facts, poster } = await inspect(await film(options))
    expect(`${facts.width}x${facts.height}`).toBe(size)
    expect(await poster()).toEqual({ size, colours })
  }

  test('of pixels that are no squares, turned by 90', async () => {
    const bytes = await film({ container: 'mp4 with its contents behind', rotation: 90 })
    const { facts, poster } = await inspect(withPixelsOf(2, 1, bytes))
    expect(`${facts.width}x${facts.height}`).toBe('96x320')
    expect(await poster()).toEqual({ size: '96x320', colours: 'brwg' })
  })

  test('F34: whose pixels are no squares', { tags: 'long' }, async () => {
    const bytes = withPixelsOf(2, 1, await film({ container: 'mp4 with its contents behind' }))
    const { facts, poster } = await inspect(bytes)
    expect(facts).toMatchObject({ width: 320, height: 96 })
    expect(await poster()).toEqual({ size: '320x96', colours: 'rgbw' })
  })

  test('S11: whose pixels are a million times as wide as high is refused', async () => {
    await rejected(
      withPixelsOf(1_000_000, 1, await film({ container: 'mp4 with its contents behind' })),
    )
  })

  test.each([
    ['mirrored', [-1, 0, 0, 1], '160x96', 'grwb'],
    ['upside down, mirrored', [1, 0, 0, -1], '160x96', 'bwrg'],
    ['turned and mirrored', [0, 1, 1, 0], '96x160', 'rbgw'],
  ])('%s', { tags: 'long' }, async (_name, matrix, size, colours) => {
    const { facts, poster } = await inspect(withMatrix(await film(), ...matrix))
    expect(`${facts.width}x${facts.height}`).toBe(size)
    expect(await poster()).toEqual({ size, colours })
  })
})

describe('S11: no film is', () => {
  test('one that was cut off, wherever its contents are', async () => {
    await expectCutOff('mp4')
  })

  test('one that was cut off, in any container', { tags: 'long' }, () =>
    expectCutOff('mp4 in fragments', 'webm', 'mkv', 'mov'),
  )

  async function expectCutOff(...containers: NonNullable<FilmOptions['container']>[]) {
    for (const container of containers) {
      const codec = container === 'webm' ? 'vp9' : 'avc'
      const bytes = await film({ container, codec, frames: 40 })
      await rejected(bytes.subarray(0, bytes.length * 0.6))
    }
  }

  test('sound alone', async () => {
    const bytes = await film({ hasSound: true })
    bytes.write('meta', bytes.indexOf('vide'))
    await rejected(bytes)
  })

  test('one of thousands of tracks', async () => {
    const bytes = await film()
    const [moov, trak] = ['moov', 'trak'].map((name) => bytes.indexOf(name) - 4) as [number, number]
    const size = bytes.readUInt32BE(moov)
    const track = bytes.subarray(trak, trak + bytes.readUInt32BE(trak))
    const more = Buffer.concat(Array.from({ length: 2_000 }, () => track))
    const [before, after] = [bytes.subarray(0, moov + size), bytes.subarray(moov + size)]
    before.writeUInt32BE(size + more.length, moov)
    await rejected(Buffer.concat([before, more, after]))
  })

  test('one whose frames are larger than any', { tags: 'long' }, async () => {
    const bytes = await film({ codec: 'vp9', width: 5_200, height: 3_400, frames: 1 })
    const size = boxAt(bytes, 'stsd', 'vp09') + 24
    bytes.writeUInt32BE(0x0040_0040, size)
    await rejected(bytes)
  })

  test('one of no duration', async () => {
    const bytes = await film({ frames: 1 })
    bytes.writeUInt32BE(0, boxAt(bytes, 'stts') + 12)
    await rejected(bytes)
  })

  test('one whose last frames are noise', async () => {
    const bytes = await film({ codec: 'av1', frames: 60 })
    const data = boxAt(bytes, 'mdat')
    const end = data - 8 + bytes.readUInt32BE(data - 8)
    await rejected(bytes.fill(0xff, data + Math.round((end - data) / 3), end))
  })

  test('a playlist that names another file', async () => {
    await rejected(Buffer.from('#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n/etc/hostname\n'))
  })
})
