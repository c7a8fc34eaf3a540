import { join } from 'node:path'
import { assertFilm } from '../inspect/assert-film.ts'
import { inspectVideo } from '../inspect/inspect-video.ts'
import { type Container, brokenVideoExit } from '../inspect/media-facts.ts'
import {
  type NamedObject,
  type StoreOptions,
  type StoredMedia,
  bytesOf,
  put,
  verdictOf,
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
    const inspection = { what: 'film', signal, brokenExit: brokenVideoExit } as const
    const inspecting = inspectVideo(sourcePath, workFolder, signal)
    const { container, ...facts } = await verdictOf(inspecting, inspection)
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
