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

function productionUploads(): UploadDeps {
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
  const id = newId('image')
  const bounds = { ...limits, whose }
  return inspectImage(bytes, join(deps.workFolder, id), bounds, async ({ path, ...facts }) => {
    const now = deps.now()
    const storageKey = `${id}/source.${extensionOf(facts.contentType)}`
    const times = { createdAt: now, usedAt: now }
    // The bytes before the row: a row is never without its bytes.
    await deps.storage.put(storageKey, path)
    const row = await insertUpload({ ...facts, ...times, id, ownerId, storageKey, kind: 'image' })
    if (row.id !== id) await deps.storage.removeAll(id)
    return viewOf(row)
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
