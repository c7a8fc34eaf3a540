import { join } from 'node:path'
import { withBasePath } from '#lib/contract/calls/base-path'
import { type ImageView, imageMaxBytes, imageMaxSide } from '#lib/contract/generation-inputs'
import { env } from '../env.ts'
import { newId } from '../ids.ts'
import { type AssetRow, insertUpload } from './assets.ts'
import { type ImageBytes, inspectImage } from './inspect/inspect-image.ts'
import { productionStorage } from './storage/production-storage.ts'
import { assertRoom } from './storage/room.ts'
import type { Storage } from './storage/storage.ts'
import { type UploadQuota, assertQuota, uploadQuota } from './upload-quota.ts'

const limits = { maxBytes: imageMaxBytes, maxSide: imageMaxSide }

/** Where uploads are kept, and where their bytes lie until they are. */
export interface UploadDeps {
  storage: Storage
  workFolder: string
  now(): Date
  /** As the environment says where none is given. */
  quota?: UploadQuota
}

/** Where this installation keeps them. */
export function productionUploads(): UploadDeps {
  const workFolder = join(env().DATA_DIR, 'work')
  return { storage: productionStorage(), workFolder, now: () => new Date() }
}

/**
 * Keeps a picture to start videos from, upright. What it is, its own bytes say, never the sender; the same bytes twice
 * are one picture. Throws `invalid_input` where they are no whole PNG, JPEG or WebP of 16 to 8,192 pixels a side, and
 * `upload_quota_reached` where too many lie here unused. It takes its turn with what else is brought by `whose`.
 */
export async function storeImage(
  ownerId: string,
  bytes: ImageBytes,
  deps: UploadDeps = productionUploads(),
  whose = ownerId,
): Promise<ImageView> {
  await assertRoom(deps.storage)
  await assertQuota(ownerId, deps.quota ?? uploadQuota())
  return viewOf(await keepImage(ownerId, bytes, deps, { whose }))
}

/** How an upload is kept: whom it takes its turn with, and for an imported one that it stays, under a name. */
export interface Keeping {
  whose: string
  name?: string | null
  isKept?: boolean
}

/** The same without asking for room and quota. */
export async function keepImage(
  ownerId: string,
  bytes: ImageBytes,
  deps: UploadDeps,
  { whose, ...kept }: Keeping,
): Promise<AssetRow> {
  const id = newId('image')
  const bounds = { ...limits, whose }
  return inspectImage(bytes, join(deps.workFolder, id), bounds, async ({ path, ...facts }) => {
    const now = deps.now()
    const storageKey = `${id}/source.${extensionOf(facts.contentType)}`
    const times = { createdAt: now, usedAt: now }
    // The bytes before the row: a row is never without its bytes.
    await deps.storage.put(storageKey, path)
    const values = { ...facts, ...times, ...kept, id, ownerId, storageKey, drawnBytes: 0 }
    const row = await insertUpload({ ...values, kind: 'image' })
    if (row.id !== id) await deps.storage.removeAll(id)
    return row
  })
}

function extensionOf(contentType: string) {
  const subtype = contentType.slice(contentType.indexOf('/') + 1)
  return subtype === 'jpeg' ? 'jpg' : subtype
}

function viewOf({ id, storageKey, contentType, width, height, sizeBytes }: AssetRow): ImageView {
  return {
    id,
    contentType,
    width,
    height,
    sizeBytes,
    url: withBasePath(`/api/media/${storageKey}`),
  }
}
