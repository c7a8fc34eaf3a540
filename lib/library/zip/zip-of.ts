import { crc32, deflateRawSync } from 'node:zlib'

/** One file of a ZIP: bytes at hand, which are packed, or so many as they come, which are stored as they are. */
export interface ZipPart {
  name: string
  madeAt: Date
  content: Uint8Array | { sizeBytes: number; chunks: AsyncIterable<Uint8Array> }
}

/** What the end of a ZIP lists of a part. */
interface Listed {
  name: Buffer
  madeAt: Date
  flags: number
  method: number
  crc: number
  packedBytes: number
  sizeBytes: number
  /** Where it begins. */
  offset: number
  /** Whether its size takes eight bytes. */
  isLarge: boolean
}

// Names are in UTF-8; with `isTold` sizes and check sum follow the bytes.
const isUtf8 = 0x0800
const isTold = 0x0008
const deflated = 8
// A field of four bytes that holds this says that eight bytes elsewhere hold the value (ZIP64).
const elsewhere = 0xffff_ffff
const version = 45
const madeOnUnix = (3 << 8) | 63
const regularFile = 0o100644 * 2 ** 16

/**
 * The bytes of a ZIP, in order: no more of it is held than one chunk and the names. The sums are made by the runtime, in
 * a quarter of the time that a library in JavaScript takes (decision 0060). Throws where a part has other than its size.
 * Holds 65,534 parts at most; `from` is the first number that takes eight bytes.
 */
export async function* zipOf(
  parts: AsyncIterable<ZipPart>,
  from = elsewhere,
): AsyncGenerator<Uint8Array> {
  const listed: Listed[] = []
  let offset = 0
  for await (const part of parts) {
    const one = listedAs(part, offset, from)
    for await (const chunk of bytesOf(part, one)) {
      offset += chunk.length
      yield chunk
    }
    listed.push(one)
  }
  const list = Buffer.concat(listed.map((one) => entryOf(one, from)))
  yield Buffer.concat([list, endOf(listed.length, list.length, { offset, from })])
}

function listedAs({ name, madeAt, content }: ZipPart, offset: number, from: number): Listed {
  const common = { name: Buffer.from(name), madeAt, offset }
  if (!(content instanceof Uint8Array)) {
    const { sizeBytes } = content
    const sizes = { packedBytes: sizeBytes, sizeBytes, isLarge: sizeBytes >= from }
    return { ...common, flags: isUtf8 | isTold, method: 0, crc: 0, ...sizes }
  }
  const sizes = { packedBytes: 0, sizeBytes: content.length, isLarge: false }
  return { ...common, flags: isUtf8, method: deflated, crc: crc32(content), ...sizes }
}

async function* bytesOf({ content }: ZipPart, one: Listed): AsyncGenerator<Uint8Array> {
  if (content instanceof Uint8Array) {
    const packed = deflateRawSync(content)
    one.packedBytes = packed.length
    yield Buffer.concat([headOf(one), packed])
    return
  }
  yield headOf(one)
  let sent = 0
  for await (const chunk of content.chunks) {
    one.crc = crc32(chunk, one.crc)
    sent += chunk.length
    if (sent > one.sizeBytes) break
    yield chunk
  }
  if (sent !== one.sizeBytes) throw new Error('an object has other than its size')
  const width = one.isLarge ? 8 : 4
  yield record([4, 0x0807_4b50], [4, one.crc], [width, one.sizeBytes], [width, one.sizeBytes])
}

function headOf(one: Listed) {
  const follow = (one.flags & isTold) !== 0
  const sizes = [one.sizeBytes, one.packedBytes]
  const extra = one.isLarge ? large(sizes) : Buffer.alloc(0)
  const [size, packed] = one.isLarge ? [elsewhere, elsewhere] : follow ? [0, 0] : sizes
  return Buffer.concat([
    record([4, 0x0403_4b50], ...commonOf(one, follow ? 0 : one.crc)),
    record([4, packed!], [4, size!], [2, one.name.length], [2, extra.length]),
    one.name,
    extra,
  ])
}

function entryOf(one: Listed, from: number) {
  const values = [one.sizeBytes, one.packedBytes, one.offset]
  const beyond = values.filter((value) => value >= from)
  const seconds = Math.floor(one.madeAt.getTime() / 1000)
  const moment = record([2, 0x5455], [2, 5], [1, 1], [4, seconds >>> 0])
  const extra = Buffer.concat([moment, beyond.length > 0 ? large(beyond) : Buffer.alloc(0)])
  const [size, packed, offset] = values.map((value) => (value < from ? value : elsewhere))
  return Buffer.concat([
    record([4, 0x0201_4b50], [2, madeOnUnix], ...commonOf(one, one.crc)),
    record([4, packed!], [4, size!], [2, one.name.length], [2, extra.length]),
    record([2, 0], [2, 0], [2, 0], [4, regularFile], [4, offset!]),
    one.name,
    extra,
  ])
}

function endOf(count: number, bytes: number, { offset, from }: { offset: number; from: number }) {
  const first = offset < from ? offset : elsewhere
  const plain = record([4, 0x0605_4b50], [4, 0], ...twice(2, count), [4, bytes], [4, first], [2, 0])
  if (offset < from) return plain
  const head = record([4, 0x0606_4b50], [8, 44], [2, madeOnUnix], [2, version], [4, 0], [4, 0])
  const of64 = record(...twice(8, count), [8, bytes], [8, offset])
  const locator = record([4, 0x0706_4b50], [4, 0], [8, offset + bytes], [4, 1])
  return Buffer.concat([head, of64, locator, plain])
}

type Field = [bytes: 1 | 2 | 4 | 8, value: number]

function commonOf({ flags, method, madeAt }: Listed, crc: number): Field[] {
  const time = (madeAt.getHours() << 11) | (madeAt.getMinutes() << 5) | (madeAt.getSeconds() >> 1)
  const year = Math.min(127, Math.max(0, madeAt.getFullYear() - 1980))
  const day = (year << 9) | ((madeAt.getMonth() + 1) << 5) | madeAt.getDate()
  return [
    [2, version],
    [2, flags],
    [2, method],
    [2, time],
    [2, day],
    [4, crc],
  ]
}

function large(values: number[]) {
  const fields = values.map((value): Field => [8, value])
  return record([2, 1], [2, 8 * values.length], ...fields)
}

function twice(bytes: 2 | 8, value: number): Field[] {
  return [
    [bytes, value],
    [bytes, value],
  ]
}

/** Whole numbers in so many bytes each, the lowest first. */
function record(...fields: Field[]) {
  const made = Buffer.alloc(fields.reduce((sum, [bytes]) => sum + bytes, 0))
  let at = 0
  for (const [bytes, value] of fields) {
    if (bytes === 8) made.writeBigUInt64LE(BigInt(value), at)
    else made.writeUIntLE(value, at, bytes)
    at += bytes
  }
  return made
}
