import { join } from 'node:path'
import { BrokenVideoError, UninspectedVideoError, assertFilm } from '../inspect/assert-film.ts'
import { inspectVideo } from '../inspect/inspect-video.ts'
import { type Container, brokenVideoExit } from '../inspect/media-facts.ts'
import {
  type NamedObject,
  type StoreOptions,
  type StoredMedia,
  bytesOf,
  put,
  withWorkFolder,
} from './stored-media.ts'

export interface StoreVideoOptions extends StoreOptions {
  /** How its objects are named. */
  objects: Record<'poster' | 'filmstrip', NamedObject> & { films: Record<Container, NamedObject> }
}

/**
 * Stores a finished video in the container it came in, with its poster and its filmstrip, and says what they are.
 * Nothing is published before the bytes were found to be a whole film; throws `BrokenVideoError` where they are none.
 */
export async function storeVideo(options: StoreVideoOptions): Promise<StoredMedia> {
  const { folder, objects, sourcePath, signal } = options
  await assertFilm(sourcePath)
  return withWorkFolder(options, async (workFolder) => {
    const looked = inspectVideo(sourcePath, workFolder, signal).catch((error: unknown) => {
      if (signal.aborted) throw error
      throw inspectionFailed(error)
    })
    const { container, ...facts } = await looked
    const bytes = await bytesOf(options)
    const film = objects.films[container]
    const { hasPoster, filmstripFrames } = facts
    const drawn = async (object: NamedObject, file: string) =>
      put(options, object, join(workFolder, file))
    await put(options, film, sourcePath)
    let drawnBytes = 0
    if (hasPoster) drawnBytes += await drawn(objects.poster, 'poster.jpg')
    if (filmstripFrames) drawnBytes += await drawn(objects.filmstrip, 'filmstrip.jpg')
    const { contentType, name } = film
    return { ...facts, ...bytes, drawnBytes, contentType, storageKey: `${folder}/${name}` }
  })
}

/** Only the verdict of an inspection tells of the bytes. One that was killed may, and one that never began does not. */
function inspectionFailed(cause: unknown) {
  const { code, signal } = cause as { code?: unknown; signal?: unknown }
  if (code === brokenVideoExit)
    return new BrokenVideoError('the bytes are no whole film', { cause })
  if (signal) return new UninspectedVideoError('inspection', { cause })
  return new Error('the video cannot be inspected here', { cause })
}
