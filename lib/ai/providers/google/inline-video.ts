import { type FileHandle, open, rm } from 'node:fs/promises'
import { isBase64 } from '#lib/contract/text/base64'
import { notUnderstood } from '../failures.ts'
import { ProviderError } from '../provider-error.ts'
import type { OpenAnswer } from '../http-call.ts'
import { type JsonPath, JsonScanner } from './json-scanner.ts'

// A finished video of Google's may come as base64 in the middle of a JSON of hundreds of MB, and so may an image. It is
// never held whole.

/** Which strings of an answer are videos, or images, in base64. */
export type IsVideo = (path: JsonPath) => boolean

/** What replaces a video in an answer that was read past it. */
export const videoMark = 'video'

const enoughBytes = 64 * 1024

/** How an answer is read to its end. */
interface Writing {
  /** The answer is that of a paid call: where it cannot be read, the outcome is unknown. */
  isSubmit?: boolean
  /** Default 2 GB. */
  maxBytes?: number
}

/**
 * The answer, with `videoMark` in place of each video. Stops reading in the middle of one as soon as `isEnough` says so
 * of what has come.
 */
export async function readPastVideo(
  label: string,
  { bytes }: OpenAnswer,
  isVideo: IsVideo,
  isEnough: (answer: unknown) => boolean,
): Promise<unknown> {
  const sizes: number[] = []
  const scanner = new JsonScanner({
    isStreamed: isVideo,
    onBytes: (index, piece) => (sizes[index] = (sizes[index] ?? 0) + piece.length),
  })
  const read = async () => {
    const judged = new Set<number>()
    for await (const chunk of bytes) {
      scanner.push(chunk)
      const last = sizes.length - 1
      if (judged.has(last) || (sizes[last] ?? 0) < enoughBytes || !scanner.isStreaming) continue
      judged.add(last)
      const answer = marked(scanner.valueSoFar(), isVideo, sizes)
      if (isEnough(answer)) return answer
    }
    return marked(scanner.value(), isVideo, sizes)
  }
  return scan(label, read())
}

/**
 * Writes the last video of an answer to a file as it comes, and answers the rest as `readPastVideo` does. Leaves no file
 * where there is no video, or anything goes wrong.
 */
export async function writeInlineVideo(
  label: string,
  { bytes }: OpenAnswer,
  isVideo: IsVideo,
  path: string,
  { isSubmit = false, maxBytes = 2 * 1024 ** 3 }: Writing = {},
): Promise<unknown> {
  const file = await orUnwritable(label, open(path, 'w'))
  let isWritten = false
  try {
    const writer = videoWriter(label, file, maxBytes)
    const answer = await scan(label, copyVideo(bytes, isVideo, writer), isSubmit)
    isWritten = (await file.stat()).size > 0
    return answer
  } finally {
    await file.close()
    if (!isWritten) await rm(path, { force: true })
  }
}

async function copyVideo(
  bytes: OpenAnswer['bytes'],
  isVideo: IsVideo,
  writer: ReturnType<typeof videoWriter>,
) {
  const sizes: number[] = []
  let pieces: { index: number; text: string }[] = []
  const scanner = new JsonScanner({
    isStreamed: isVideo,
    onBytes: (index, { buffer, byteOffset, length }) => {
      pieces.push({ index, text: Buffer.from(buffer, byteOffset, length).toString('latin1') })
    },
  })
  for await (const chunk of bytes) {
    scanner.push(chunk)
    for (const { index, text } of pieces) {
      sizes[index] = (sizes[index] ?? 0) + text.length
      await writer.write(index, text)
    }
    pieces = []
  }
  const answer = marked(scanner.value(), isVideo, sizes)
  await writer.end()
  return answer
}

/** Decodes and writes; a later video takes the place of an earlier one. */
function videoWriter(label: string, file: FileHandle, maxBytes: number) {
  let current = -1
  let written = 0
  let decoder = base64Decoder()
  const put = async (bytes: Buffer) => {
    if (written + bytes.length > maxBytes)
      throw new SyntaxError(`what was made has more than ${maxBytes} bytes`)
    for (let at = 0; at < bytes.length;) {
      const rest = bytes.length - at
      const { bytesWritten } = await orUnwritable(label, file.write(bytes, at, rest, written))
      at += bytesWritten
      written += bytesWritten
    }
  }
  return {
    async write(index: number, text: string) {
      if (index !== current) {
        await orUnwritable(label, file.truncate(0))
        written = 0
        current = index
        decoder = base64Decoder()
      }
      await put(decoder.decode(text))
    },
    end: () => put(decoder.end()),
  }
}

/** Decodes base64 in pieces of any size. Throws for what is none; so does its end where the text is cut off. */
export function base64Decoder() {
  let rest = ''
  let isPadded = false
  return {
    decode(text: string) {
      const all = rest + text
      if (!isBase64(all) || (isPadded && !rest && text)) throw new SyntaxError('no base64')
      isPadded = all.endsWith('=')
      const whole = all.length - (all.length % 4)
      rest = all.slice(whole)
      return Buffer.from(all.slice(0, whole), 'base64')
    },
    end() {
      if (rest.length === 1 || (isPadded && rest)) throw new SyntaxError('base64 that is cut off')
      return Buffer.from(rest, 'base64')
    },
  }
}

/** Throws what is no JSON, or no base64, as an answer that is not understood. */
async function scan<T>(label: string, work: Promise<T>, isSubmit = false): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw error instanceof SyntaxError ? notUnderstood(label, error.message, isSubmit) : error
  }
}

/** Puts the mark in place of every video that has any bytes, and nothing in place of the others. */
function marked(value: unknown, isVideo: IsVideo, sizes: readonly number[]): unknown {
  const mark = (one: unknown, path: JsonPath): unknown => {
    if (typeof one === 'string' && isVideo(path)) return sizes[Number(one)] ? videoMark : ''
    if (Array.isArray(one)) return one.map((part, index) => mark(part, [...path, index]))
    if (typeof one !== 'object' || one === null) return one
    const parts = Object.entries(one).map(([key, part]) => [key, mark(part, [...path, key])])
    return Object.fromEntries(parts)
  }
  return mark(value, [])
}

async function orUnwritable<T>(label: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    throw new ProviderError('provider_unavailable', {
      submitOutcome: 'job_made',
      retryable: true,
      userMessage: 'The finished video could not be saved. Trying again.',
      logMessage: `${label}: the video could not be written: ${String(cause)}`,
      cause,
    })
  }
}
