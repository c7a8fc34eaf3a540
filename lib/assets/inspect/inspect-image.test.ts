import { says } from '../../../tests/support/says.ts'
import { lookEachTime } from '../../../tests/support/films/remembered-looks.ts'
import { mkdtemp, readFile, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { Canvas, loadImage } from '@napi-rs/canvas'
import { beforeAll, describe, expect, test } from 'vitest'
import { imageTypeOf, readImageHeader } from './image-header.ts'
import { inspectImage } from './inspect-image.ts'

beforeAll(lookEachTime)

const limits = {
  whose: 'anna',
  maxBytes: 10 * 1024 * 1024,
  maxSide: 8192,
}

/** Red on the left, blue on the right. */
function drawn(width = 160, height = 90) {
  const canvas = new Canvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = 'red'
  context.fillRect(0, 0, width / 2, height)
  context.fillStyle = 'blue'
  context.fillRect(width / 2, 0, width / 2, height)
  return canvas
}
/** Of many colours, so that every part of it takes bytes. */
function striped() {
  const canvas = drawn()
  const context = canvas.getContext('2d')
  for (let y = 0; y < 90; y++) {
    context.fillStyle = `hsl(${(y * 47) % 360} 80% 50%)`
    context.fillRect((y * 13) % 80, y, 80, 1)
  }
  return canvas.encodeSync('jpeg')
}
const png = () => drawn().encodeSync('png')
const jpeg = () => drawn().encodeSync('jpeg')
const webp = () => drawn().encodeSync('webp')

const tiff = (orientation: number) =>
  Buffer.from(`4d4d002a0000000800010112000300000001000${orientation}000000000000`, 'hex')

function jpegTurned(orientation: number) {
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiff(orientation)])
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2])
  return Buffer.concat([jpeg().subarray(0, 2), head, exif, jpeg().subarray(2)])
}

function pngChunk(name: string, data: Buffer) {
  const body = Buffer.concat([Buffer.from(name), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
const pngTurned = (orientation: number) =>
  Buffer.concat([png().subarray(0, 33), pngChunk('eXIf', tiff(orientation)), png().subarray(33)])

function riff(name: string, data: Buffer) {
  const head = Buffer.from(`${name}....`)
  head.writeUInt32LE(data.length, 4)
  return Buffer.concat([head, data])
}

function webpTurned(orientation: number) {
  const size = Buffer.alloc(10)
  size[0] = 8
  size.writeUIntLE(160 - 1, 4, 3)
  size.writeUIntLE(90 - 1, 7, 3)
  const bytes = webp()
  const pixels = bytes.subarray(bytes.toString('latin1', 12, 16) === 'VP8X' ? 30 : 12)
  const parts = [Buffer.from('WEBP'), riff('VP8X', size), pixels, riff('EXIF', tiff(orientation))]
  return riff('RIFF', Buffer.concat(parts))
}

/** A PNG that claims a size and has no pixels for it. */
function claim(width: number, height: number) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 6], 8)
  const parts = [png().subarray(0, 8), pngChunk('IHDR', header), png().subarray(33)]
  return Buffer.concat(parts)
}

async function inspect(bytes: Uint8Array) {
  const folder = await mkdtemp(join(tmpdir(), 'photofinish-image-'))
  const work = join(folder, 'one')
  try {
    return await inspectImage(bytes, work, limits, async ({ path, ...facts }) => ({
      facts,
      kept: await readFile(path),
    }))
  } finally {
    expect(await readdir(folder)).toEqual([])
  }
}

/** Of many colours, in a format. */
function noisy(format: 'png' | 'webp', quality?: number) {
  const canvas = new Canvas(320, 240)
  const context = canvas.getContext('2d')
  for (let at = 0; at < 80 * 60; at++) {
    const [x, y] = [at % 80, Math.floor(at / 80)]
    context.fillStyle = `hsl(${(x * 37 + y * 91) % 360} 80% ${(x * y) % 100}%)`
    context.fillRect(x * 4, y * 4, 4, 4)
  }
  return format === 'png' ? canvas.encodeSync('png') : canvas.encodeSync('webp', quality)
}

/** A WebP that was cut off, and whose lengths say that it is whole. */
function cutWebp(share: number, quality: number) {
  const whole = noisy('webp', quality)
  const cut = Buffer.from(whole.subarray(0, Math.floor((whole.length * share) / 2) * 2))
  cut.writeUInt32LE(cut.length - 8, 4)
  let at = 12
  while (at + 8 + cut.readUInt32LE(at + 4) < cut.length) at += 8 + cut.readUInt32LE(at + 4)
  cut.writeUInt32LE(cut.length - at - 8, at + 4)
  return cut
}

/** A PNG one of whose rows begins with a filter that there is not. */
function badFilter(row: number) {
  const rows = Buffer.alloc(240 * (320 * 4 + 1), 0)
  rows[row * (320 * 4 + 1)] = 9
  const header = claim(320, 240).subarray(0, 33)
  return Buffer.concat([
    header,
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

/** Its rows take turns through the filters of PNG. */
const everyFilter = () => pngOfRows(320, 240, { isInterlaced: false })
const interlaced = () => pngOfRows(33, 21, { isInterlaced: true })

/** A grey PNG, its rows filtered in turn. Of 33 by 21 pixels, interlaced ones have these passes. */
function pngOfRows(width: number, height: number, { isInterlaced }: { isInterlaced: boolean }) {
  const passes = isInterlaced
    ? [
        [5, 3],
        [4, 3],
        [9, 3],
        [8, 6],
        [17, 5],
        [16, 11],
        [33, 10],
      ]
    : [[width, height]]
  const rows = passes.flatMap(([pixels, count]) =>
    Array.from({ length: count! }, (_, row) => Buffer.from([row % 5, ...Array(pixels).fill(7)])),
  )
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, Number(isInterlaced)], 8)
  return Buffer.concat([
    png().subarray(0, 8),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.concat(rows))),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

/** HEIF with as many boxes as were asked for. */
function heif(boxes: number) {
  const box = Buffer.alloc(20)
  box.writeUInt32BE(20)
  box.write('ispe', 4)
  const head = Buffer.from('000000186674797068656963000000006d69663168656963', 'hex')
  return Buffer.concat([head, ...Array.from({ length: boxes }, () => box)])
}

function zeros(bytes: number) {
  const data = Buffer.alloc(bytes)
  data.set([0xff, 0xd8, 0xff, 0xe0])
  return data
}

describe('S1: what a picture is', () => {
  test.each([
    ['image/png', png],
    ['image/jpeg', jpeg],
    ['image/webp', webp],
  ])('%s is read from its header and kept as it came', async (contentType, draw) => {
    expect(readImageHeader(draw())).toEqual({ contentType, width: 160, height: 90 })
    const { facts, kept } = await inspect(draw())
    expect(facts).toMatchObject({ contentType, width: 160, height: 90, sizeBytes: draw().length })
    expect(kept.equals(draw())).toBe(true)
  })

  test('is judged by its first bytes only, and at once', () => {
    const hostile = [
      heif(20_000),
      zeros(9_900_000),
      Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(9_900_000, 0xff)]),
      Buffer.concat([
        Buffer.from([0xff, 0xd8]),
        ...Array(500_000).fill(Buffer.from('ffe00002', 'hex')),
      ]),
    ]
    const begin = performance.now()
    for (const bytes of hostile) expect(readImageHeader(bytes)).toBeUndefined()
    expect(performance.now() - begin).toBeLessThan(500)
    expect(imageTypeOf(heif(1))).toBeUndefined()
    expect(imageTypeOf(Buffer.from('GIF89a'))).toBeUndefined()
    expect(imageTypeOf(new Uint8Array())).toBeUndefined()
  })

  test('is not looked at where the header claims too many pixels', async () => {
    for (const [width, height] of [
      [8193, 20],
      [8192, 8192],
      [0xffff_ffff, 0xffff_ffff],
    ])
      await expect(inspect(claim(width!, height!))).rejects.toMatchObject({
        code: 'invalid_input',
        userMessage: says(/pixels\. The limit is/),
      })
  })

  test('leaves the process that asks its time', { tags: 'long' }, async () => {
    let longest = 0
    let last = performance.now()
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 5)
    const noise = drawn(4_000, 4_000).encodeSync('jpeg')
    last = performance.now()
    await Promise.all([inspect(noise), inspect(noise), inspect(noise)])
    clearInterval(beat)
    expect(longest).toBeLessThan(1_000)
  })
})

describe('F4: a picture that is stored on its side', () => {
  type Turned = [name: string, turned: typeof pngTurned, ...to: [number, number, number]]

  test.each<Turned>([['a JPEG', jpegTurned, 6, 90, 160]])('%s is kept upright', expectUpright)

  test.each<Turned>([
    ['a JPEG', jpegTurned, 3, 160, 90],
    ['a PNG', pngTurned, 8, 90, 160],
    ['a WebP', webpTurned, 3, 160, 90],
    ['a PNG', pngTurned, 6, 90, 160],
    ['a PNG', pngTurned, 3, 160, 90],
    ['a WebP', webpTurned, 6, 90, 160],
    ['a WebP', webpTurned, 8, 90, 160],
  ])('%s is kept upright', { tags: 'long' }, expectUpright)

  async function expectUpright(...[, turned, orientation, width, height]: Turned) {
    const { facts, kept } = await inspect(turned(orientation))
    expect(facts).toMatchObject({ width, height, sizeBytes: kept.length })
    expect(imageTypeOf(kept)).toBe(facts.contentType)
    // Nothing in it asks to be turned once more, and red is where it was left.
    expect((await inspect(kept)).kept.equals(kept)).toBe(true)
    expect(await firstColour(kept)).toBe(orientation === 6 ? 'red' : 'blue')
  }

  test('is turned also where it is as large as any', { tags: 'long' }, async () => {
    const turned = jpegTurned(6)
    const exif = turned.subarray(0, 2 + 2 + turned.readUInt16BE(4))
    const large = drawn(8_192, 6_144).encodeSync('jpeg', 60)
    const { facts } = await inspect(Buffer.concat([exif, large.subarray(2)]))
    expect(facts).toMatchObject({ width: 6_144, height: 8_192 })
  })

  test.each([0, 1, 9])(
    'is left as it came where its orientation is %i',
    { tags: 'long' },
    async (orientation) => {
      const bytes = jpegTurned(orientation)
      expect((await inspect(bytes)).kept.equals(bytes)).toBe(true)
    },
  )
})

async function firstColour(bytes: Buffer) {
  const image = await loadImage(bytes)
  const context = new Canvas(image.width, image.height).getContext('2d')
  context.drawImage(image, 0, 0)
  return context.getImageData(3, 3, 1, 1).data[0]! > 128 ? 'red' : 'blue'
}

/** The same JPEG with its last bytes replaced by its end. */
function closed(bytes: Buffer, share: number) {
  return Buffer.concat([bytes.subarray(0, bytes.length * share), Buffer.from([0xff, 0xd9])])
}

function jpegClaim(width: number, height: number) {
  const bytes = jpeg()
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]))
  bytes.writeUInt16BE(height, frame + 5)
  bytes.writeUInt16BE(width, frame + 7)
  return bytes
}

const bomb = deflateSync(Buffer.alloc(200_000_000))
const pngWith = (name: string, data: Buffer) =>
  Buffer.concat([png().subarray(0, 33), pngChunk(name, data), png().subarray(33)])

test.each(['zTXt', 'iCCP'])(
  'S11: a bomb in the metadata (%s) of a PNG stays packed',
  async (name) => {
    const bytes = pngWith(name, Buffer.concat([Buffer.from('a\0\0'), bomb]))
    expect((await inspect(bytes)).kept.equals(bytes)).toBe(true)
  },
)

test('S11: of an animated WebP its first frame is kept, still', async () => {
  const frame = webp()
  const pixels = frame.subarray(
    frame.includes('VP8L') ? frame.indexOf('VP8L') : frame.indexOf('VP8 '),
  )
  const head = Buffer.alloc(10)
  head[0] = 0x02
  head.writeUIntLE(160 - 1, 4, 3)
  head.writeUIntLE(90 - 1, 7, 3)
  const about = Buffer.alloc(16)
  about.writeUIntLE(160 - 1, 6, 3)
  about.writeUIntLE(90 - 1, 9, 3)
  about.writeUIntLE(100, 12, 3)
  const frames = Array.from({ length: 3 }, () => riff('ANMF', Buffer.concat([about, pixels])))
  const parts = [Buffer.from('WEBP'), riff('VP8X', head), riff('ANIM', Buffer.alloc(6)), ...frames]
  const { facts, kept } = await inspect(riff('RIFF', Buffer.concat(parts)))
  expect(facts).toMatchObject({ contentType: 'image/webp', width: 160, height: 90 })
  expect(kept.includes('ANMF')).toBe(false)
  expect(await firstColour(kept)).toBe('red')
})

test('S11: of an animated PNG its first frame is kept, still', async () => {
  const { kept } = await inspect(pngWith('acTL', Buffer.from('0000000200000000', 'hex')))
  expect(kept.includes('acTL')).toBe(false)
  expect(await firstColour(kept)).toBe('red')
})

test.each([
  ['a lossy WebP', () => noisy('webp', 80)],
  ['a lossless WebP', () => noisy('webp', 100)],
  ['a PNG', () => noisy('png')],
  ['a PNG with every filter that there is', () => everyFilter()],
  ['an interlaced PNG', () => interlaced()],
  ['nothing but transparency', () => new Canvas(320, 240).encodeSync('webp')],
])('F5: %s is kept', async (_name, draw) => {
  expect((await inspect(draw())).kept.equals(Buffer.from(draw()))).toBe(true)
})

describe('F5: refused with a sentence is', () => {
  const without = (bytes: Buffer, count: number) => bytes.subarray(0, bytes.length - count)
  type Refused = [name: string, draw: () => Uint8Array, words: RegExp]

  test.each<Refused>([
    ['a PNG that was cut off', () => without(png(), 30), /damaged or incomplete/],
    [
      'a JPEG that was cut off at 700 bytes',
      () => jpeg().subarray(0, 700),
      /damaged or incomplete/,
    ],
    ['a JPEG without the pixels it claims', () => jpegClaim(160, 800), /damaged/],
    ['a PNG with far more than its pixels', () => pngWith('IDAT', bomb), /damaged/],
    ['half a lossy WebP that says it is whole', () => cutWebp(0.5, 80), /damaged/],
    ['a PNG that cannot be decoded behind row 10', () => badFilter(10), /damaged/],
    [
      'a picture of one pixel',
      () => drawn(1, 1).encodeSync('png'),
      /1 × 1 pixels\. It must be at least 16/,
    ],
    ['a HEIF', () => heif(3), /Choose a PNG, JPEG or WebP/],
    ['zeros', () => zeros(1_000_000), /damaged or incomplete/],
  ])('%s', expectRefused)

  test.each<Refused>([
    ['a PNG of 24 bytes', () => png().subarray(0, 24), /damaged or incomplete/],
    [
      'a PNG that was cut off and given an end',
      () => Buffer.concat([png().subarray(0, 33), png().subarray(-12)]),
      /damaged or incomplete/,
    ],
    ['a PNG without the pixels it claims', () => claim(500, 500), /damaged or incomplete/],
    ['a JPEG without its end', () => without(jpeg(), 40), /damaged or incomplete/],
    ['a JPEG that was cut off and given an end', () => closed(striped(), 0.6), /damaged/],
    [
      'a JPEG of 17 megapixels, too',
      () => closed(drawn(4_200, 4_000).encodeSync('jpeg'), 0.6),
      /damaged/,
    ],
    ['a JPEG that claims 50 megapixels', () => jpegClaim(8_192, 6_144), /damaged/],
    ['a WebP that was cut off', () => without(webp(), 40), /damaged or incomplete/],
    ['most of a lossy WebP that says it is whole', () => cutWebp(0.9, 80), /damaged/],
    ['a lossless WebP that says it is whole', () => cutWebp(0.9, 100), /damaged/],
    ['a PNG that cannot be decoded in its last row', () => badFilter(239), /damaged/],
    [
      'a picture of no height',
      () => claim(160, 0),
      /160 × 0 pixels\. It must be at least 16 pixels a side/,
    ],
  ])('%s', { tags: 'long' }, expectRefused)

  async function expectRefused(...[, draw, words]: Refused) {
    await expect(inspect(draw())).rejects.toMatchObject({
      code: 'invalid_input',
      userMessage: says(words),
      fields: [{ field: 'image' }],
    })
  }
})
