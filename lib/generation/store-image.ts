import { join } from 'node:path'
import { type ImageView, imageMaxBytes, imageMaxSide } from '#lib/contract/generation-inputs'
import { type ImageRow, insertImage } from '../files/images.ts'
import { imageKey } from '../files/image-key.ts'
import { newId } from '../ids.ts'
import { inspectImage } from '../media/inspect-image.ts'
import { type GenerationDeps, productionDeps } from './deps.ts'

const limits = { maxBytes: imageMaxBytes, maxSide: imageMaxSide }

/**
 * Keeps a picture to start videos from, upright. What it is, its own bytes say, never the sender; the same bytes twice
 * are one picture. Throws `invalid_input` where they are no whole PNG, JPEG or WebP of 16 to 8,192 pixels a side.
 */
export async function storeImage(
  userId: string,
  bytes: Uint8Array,
  deps: Pick<GenerationDeps, 'storage' | 'workFolder' | 'now'> = productionDeps(),
): Promise<ImageView> {
  const id = newId('image')
  return inspectImage(bytes, join(deps.workFolder, id), limits, async ({ path, ...facts }) => {
    const fresh = { ...facts, id, userId, createdAt: deps.now() }
    // The bytes before the row: a row is never without its bytes.
    await deps.storage.put(imageKey(fresh), path)
    const row = await insertImage(fresh)
    if (row.id !== id) await deps.storage.removeAll(id)
    return viewOf(row)
  })
}

function viewOf({ userId: _, sha256: __, createdAt: ___, ...shown }: ImageRow): ImageView {
  return { ...shown, url: `/api/media/${imageKey(shown)}` }
}
