import { createWriteStream } from 'node:fs'
import { mkdtemp, mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { message } from '#lib/messages/message'
import { AppError } from '../../errors.ts'
import { randomText } from '../../ids.ts'
import { log } from '../../log.ts'
import { runBounded } from '../inspect/run-bounded.ts'
import { NoTurnError, imageTurns } from '../inspect/turns.ts'
import type { DrawnPoster } from '../poster.ts'
import { assertRoom } from '../storage/room.ts'
import type { Storage } from '../storage/storage.ts'

// As for the usual poster: the film is as hostile as when it came.
const bounds = { memoryMegabytes: 3_072, heapMegabytes: 256, cpuSeconds: 60, timeoutMs: 180_000 }

export interface DrawOptions {
  storage: Storage
  /** Where the film and the frame lie meanwhile. */
  workFolder: string
  /** Whom it takes its turn with. */
  whose: string
}

/**
 * Draws the frame that a stored film shows at a second, and hands it to `keep` while it lies on this machine. Throws
 * `not_possible_now` where the film's frames cannot be read here, `service_unavailable` where too many are drawn at once.
 */
export async function withDrawnPoster<T>(
  { storageKey, seconds }: { storageKey: string; seconds: number },
  { storage, workFolder, whose }: DrawOptions,
  keep: (drawn: DrawnPoster) => Promise<T>,
): Promise<T> {
  await assertRoom(storage)
  await mkdir(workFolder, { recursive: true, mode: 0o700 })
  const folder = await mkdtemp(join(workFolder, 'poster-'))
  try {
    const path = join(folder, 'poster.jpg')
    const draw = async () => {
      const film = join(folder, 'film')
      await bring(storage, storageKey, film)
      await runBounded('draw-poster-child.ts', [film, path, String(seconds)], bounds)
    }
    await imageTurns().take(whose, draw).catch(refuse)
    const { size: sizeBytes } = await stat(path)
    return await keep({ name: `poster-${randomText(12)}.jpg`, seconds, path, sizeBytes })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function bring(storage: Storage, key: string, path: string) {
  const object = await storage.get(key)
  if (!object) throw new Error(`${key} is not in storage`)
  const bytes = object.read({ chunkBytes: 1024 * 1024 }) as ReadableStream
  await pipeline(Readable.fromWeb(bytes), createWriteStream(path, { mode: 0o600 }))
}

function refuse(cause: unknown): never {
  if (cause instanceof NoTurnError)
    throw new AppError('service_unavailable', {
      userMessage: message('upload.tooManyAtOnce'),
      retryAfterSeconds: 5,
      cause,
    })
  log().warn({ err: cause }, 'a poster was not drawn')
  throw new AppError('not_possible_now', { userMessage: message('poster.unreadable'), cause })
}
