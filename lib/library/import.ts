import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { filmMaxBytes } from '#lib/contract/library/library'
import { type MessageRef, message } from '#lib/messages/message'
import { type AssetRow, insertUpload } from '../assets/assets.ts'
import {
  BrokenVideoError,
  ForeignFilmError,
  NoVideoError,
  assertFilmHead,
  magicBytes,
} from '../assets/inspect/assert-film.ts'
import { imageTypeOf } from '../assets/inspect/image-header.ts'
import { storeVideo } from '../assets/store/store-video.ts'
import { NoTurnError, imageTurns } from '../assets/inspect/turns.ts'
import { assertRoom, roomMessage } from '../assets/storage/room.ts'
import { type UploadDeps, keepImage, productionUploads } from '../assets/upload.ts'
import { assertQuota, importQuota } from '../assets/upload-quota.ts'
import { uploadViewOf } from '../assets/upload-view.ts'
import { imageMaxBytes } from '#lib/contract/generation-inputs'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { videoFiles } from '../kinds/video.ts'

type Bytes = AsyncIterable<Uint8Array>

interface Brought {
  /** The bytes, which end by themselves where they are too many. */
  body: Bytes
  name: string | null
  /** Whom it takes its turn with. */
  whose: string
}

/** The most bytes of what begins so: of a picture, or of a film. */
/** Throws `invalid_input` where the first bytes are of neither: what is no film or picture is read no further. */
export function assertImportable(head: Uint8Array) {
  if (imageTypeOf(head)) return
  try {
    assertFilmHead(head.length < magicBytes ? undefined : Buffer.from(head))
  } catch (error) {
    throw judged(error)
  }
}

export function importMaxBytes(head: Uint8Array) {
  return imageTypeOf(head) ? imageMaxBytes : filmMaxBytes
}

/**
 * Keeps a picture or a film in the library until its owner deletes it. What it is, its own bytes say; the same bytes twice
 * are one item. Throws `invalid_input` where they are none that is read here, `upload_quota_reached` where the owner has
 * imported as much as may be.
 */
export async function importMedia(
  ownerId: string,
  head: Uint8Array,
  brought: Brought,
  deps: UploadDeps = productionUploads(),
) {
  await assertRoom(deps.storage)
  await assertQuota(ownerId, deps.quota ?? importQuota(), 'kept')
  const { body, ...keeping } = brought
  const row = imageTypeOf(head)
    ? await keepImage(ownerId, body, deps, { ...keeping, isKept: true })
    : await keepFilm(ownerId, brought, deps)
  return uploadViewOf(row)
}

async function keepFilm(
  ownerId: string,
  { body, name, whose }: Brought,
  { storage, workFolder, now }: UploadDeps,
): Promise<AssetRow> {
  const id = newId('video')
  const folder = join(workFolder, id)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    const sourcePath = join(folder, 'source')
    await writeFile(sourcePath, body, { mode: 0o600 })
    const { signal } = new AbortController()
    const inspected = { folder: id, objects: videoFiles, sourcePath, storage, signal }
    const look = () => storeVideo({ ...inspected, workFolder: folder })
    const stored = await imageTurns().take(whose, look)
    const times = { createdAt: now(), usedAt: now() }
    const values = { ...stored, ...times, id, ownerId, name, kind: 'video' as const, isKept: true }
    const row = await insertUpload(values)
    if (row.id !== id) await storage.removeAll(id)
    return row
  } catch (error) {
    throw judged(error)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function judged(error: unknown) {
  if (error instanceof ForeignFilmError)
    return refused(message('upload.foreignFilm', { format: error.format }), error)
  if (error instanceof NoVideoError) return refused(message('upload.chooseMedia'), error)
  if (error instanceof BrokenVideoError) return refused(message('upload.brokenFilm'), error)
  if (error instanceof NoTurnError)
    return new AppError('service_unavailable', {
      userMessage: message('upload.tooManyAtOnce'),
      retryAfterSeconds: 5,
      cause: error,
    })
  if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
    return new AppError('storage_full', {
      userMessage: message('storage.refused', {
        what: roomMessage({ state: 'full', freeBytes: null, reason: 'space' }),
      }),
      cause: error,
    })
  return error
}

function refused(userMessage: MessageRef, cause: unknown) {
  const fields = [{ field: 'body', message: userMessage }]
  return new AppError('invalid_input', { userMessage, fields, cause })
}
