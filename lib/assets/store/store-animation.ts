import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { BrokenVideoError } from '../inspect/assert-film.ts'
import { runBounded } from '../inspect/run-bounded.ts'
import {
  type NamedObject,
  type StoreOptions,
  type StoredMedia,
  bytesOf,
  factsOfPicture,
  put,
  withWorkFolder,
} from './stored-media.ts'

/** What the bytes of an animation are at most. */
export const animationMaxBytes = 40 * 1024 * 1024

export type AnimationType = 'image/gif' | 'image/webp'

export interface StoreAnimationOptions extends StoreOptions {
  /** How its objects are named. */
  objects: { poster: NamedObject; animations: Record<AnimationType, NamedObject> }
}

const bounds = { memoryMegabytes: 3_072, heapMegabytes: 256, cpuSeconds: 30, timeoutMs: 90_000 }

/** Stores an animation of our own as it is, with its first frame as a poster. Throws `BrokenVideoError` for any other bytes. */
export async function storeAnimation(options: StoreAnimationOptions): Promise<StoredMedia> {
  const { folder, objects, sourcePath, signal } = options
  const { contentType, ...size } = await headOf(sourcePath)
  return withWorkFolder(options, async (workFolder) => {
    const poster = join(workFolder, 'poster.jpg')
    await runBounded('draw-poster-child.ts', [sourcePath, poster], { ...bounds, signal })
    const bytes = await bytesOf(options)
    const animation = objects.animations[contentType]
    await put(options, animation, sourcePath)
    const drawnBytes = await put(options, objects.poster, poster)
    const storageKey = `${folder}/${animation.name}`
    return { ...size, ...bytes, ...factsOfPicture, drawnBytes, contentType, storageKey }
  })
}

/** Throws where the first bytes of a file begin no animation. */
export async function assertAnimation(path: string) {
  await headOf(path)
}

async function headOf(path: string) {
  const handle = await open(path, 'r')
  try {
    const { buffer: head } = await handle.read(Buffer.alloc(30), 0, 30, 0)
    const isGif = head.toString('latin1', 0, 6) === 'GIF89a'
    const isWebp = head.toString('latin1', 8, 16) === 'WEBPVP8X'
    if (isGif)
      return {
        contentType: 'image/gif' as const,
        width: head.readUInt16LE(6),
        height: head.readUInt16LE(8),
      }
    if (!isWebp) throw new BrokenVideoError('no animation')
    const side = (at: number) => head.readUIntLE(at, 3) + 1
    return { contentType: 'image/webp' as const, width: side(24), height: side(27) }
  } finally {
    await handle.close()
  }
}
