import { type MessageRef, message } from '#lib/messages/message'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../errors.ts'
import { log } from '../../log.ts'
import { type ImageFacts, brokenImageExit } from './image-facts.ts'
import { type ImageHeader, imageTypeOf, readImageHeader } from './image-header.ts'
import { runBounded } from './run-bounded.ts'
import { NoTurnError, imageTurns } from './turns.ts'

// Checked here: every child that is to be small would load what checks it.
const imageFactsSchema = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  sizeBytes: z.int().positive(),
  sha256: z.string().length(64),
  isRedrawn: z.boolean(),
  isToBeCompared: z.boolean(),
}) satisfies z.ZodType<ImageFacts>

export const imageMinSide = 16
const imageMaxPixels = 8192 * 6144
// Two copies of the largest picture, one turned, and what Node reserves: at 3,200 it reserves more, and ends.
const bounds = { memoryMegabytes: 3_072, heapMegabytes: 128, cpuSeconds: 10, timeoutMs: 60_000 }

export interface ImageLimits {
  maxBytes: number
  maxSide: number
  /** Whom it takes its turn with, among all that wait to be looked at. */
  whose: string
}

/** A picture that was found whole: what it is, and the file with its upright bytes. */
export interface InspectedImage extends Omit<ImageFacts, 'isRedrawn' | 'isToBeCompared'> {
  contentType: ImageHeader['contentType']
  path: string
}

/** A picture's bytes, at hand or still coming. */
export type ImageBytes = Uint8Array | AsyncIterable<Uint8Array>

/**
 * Finds out what a picture is and hands it to `keep`, upright; its files are gone afterwards. Its first bytes say
 * whether it is a PNG, JPEG or WebP, its header how many pixels it claims, and a process of its own decodes it.
 * Throws `invalid_input` with a sentence for what is no whole picture, `service_unavailable` where too many wait, and
 * whatever keeps the bytes from coming.
 */
export async function inspectImage<Kept>(
  bytes: ImageBytes,
  folder: string,
  limits: ImageLimits,
  keep: (image: InspectedImage) => Promise<Kept>,
): Promise<Kept> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    const source = join(folder, 'source')
    await writeFile(source, bytes, { mode: 0o600 })
    const { isRedrawn, ...facts } = await decode(source, limits)
    return await keep({ ...facts, path: isRedrawn ? join(folder, 'upright') : source })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Throws `invalid_input` where the first bytes begin no PNG, JPEG or WebP. */
export function assertImage(head: Uint8Array) {
  if (!imageTypeOf(head)) throw refused(message('upload.chooseImage'))
}

function assertHeader(bytes: Uint8Array, limits: ImageLimits) {
  assertImage(bytes)
  const header = readImageHeader(bytes)
  if (!header) throw broken()
  const fault = sizeFault(header, limits)
  if (fault) throw refused(fault)
  return header
}

/** What is wrong with the size that a picture claims; undefined where it may be decoded. */
export function sizeFault(
  { width, height }: Pick<ImageHeader, 'width' | 'height'>,
  { maxSide }: Pick<ImageLimits, 'maxSide'>,
): MessageRef | undefined {
  if (width > maxSide || height > maxSide)
    return message('upload.sideTooLong', { width, height, limit: maxSide })
  if (width * height > imageMaxPixels) return message('upload.tooManyPixels', { width, height })
  if (width < imageMinSide || height < imageMinSide)
    return message('upload.sideTooShort', { width, height, limit: imageMinSide })
  return undefined
}

function decode(path: string, limits: ImageLimits) {
  const look = async () => {
    const { contentType } = assertHeader(await readFile(path), limits)
    return { ...(await factsOf(path, limits)), contentType }
  }
  return imageTurns()
    .take(limits.whose, look)
    .catch((error: unknown) => {
      throw error instanceof NoTurnError ? busy(error) : error
    })
}

const child = 'inspect-image-child.ts'

async function factsOf(path: string, { maxBytes }: ImageLimits) {
  try {
    return await lookAtImage(path, { task: 'look', folder: dirname(path), maxBytes })
  } catch (error) {
    throw judged(error)
  }
}

interface Look {
  /** `draw` also draws a poster. */
  task: 'look' | 'draw'
  /** Where pictures are drawn. */
  folder: string
  /** What a picture that is drawn once more has at most. */
  maxBytes: number
  signal?: AbortSignal
}

/** Decodes a picture in a process of its own. Rejects as `runBounded` does, with `brokenImageExit` where it is broken. */
export async function lookAtImage(path: string, { task, folder, maxBytes, signal }: Look) {
  const run = async (...asked: string[]) =>
    (await runBounded(child, asked, { ...bounds, ...(signal && { signal }) })).stdout
  const told = await run(task, path, folder, String(maxBytes))
  const { isToBeCompared, ...facts } = imageFactsSchema.parse(JSON.parse(told))
  if (isToBeCompared) await run('compare', path, await run('tell', path))
  return facts
}

/**
 * A process that was killed met its bounds: that is the picture's doing. One that never began says nothing of it, nor
 * does one that was given too little of a busy processor.
 */
function judged(error: unknown) {
  const {
    code,
    signal,
    killed,
    stderr = '',
  } = error as { code?: unknown; signal?: unknown; killed?: boolean; stderr?: string }
  const isVerdict = code === brokenImageExit
  if (!isVerdict)
    log().warn({ code, signal, stderr: stderr.slice(-500) }, 'a picture was not decoded')
  if (killed) return busy(error)
  return isVerdict || signal || isOutOfBounds(code) ? broken(error) : error
}

/** Whether a process ended since its memory or its processor time was used up: so does a shell's child, or Node. */
export function isOutOfBounds(code: unknown) {
  return [132, 133, 134, 137, 139, 152].includes(Number(code))
}

function busy(cause: unknown) {
  return new AppError('service_unavailable', {
    userMessage: message('upload.tooManyAtOnce'),
    logMessage: 'too many pictures wait to be looked at',
    retryAfterSeconds: 5,
    cause,
  })
}

function broken(cause?: unknown) {
  return refused(message('upload.broken'), cause)
}

function refused(userMessage: MessageRef, cause?: unknown) {
  return new AppError('invalid_input', {
    userMessage,
    fields: [{ field: 'image', message: userMessage }],
    cause,
  })
}
