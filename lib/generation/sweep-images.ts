import { removeUnusedImages } from '../files/remove-unused-images.ts'
import { log } from '../log.ts'
import { type GenerationDeps, productionDeps } from './deps.ts'

export const sweepImagesIntervalMs = 60 * 60 * 1000

/** Removes the pictures that nobody uses, and says how many. First the rows, so that none is ever without its bytes. */
export async function sweepImages(
  { storage, now }: Pick<GenerationDeps, 'storage' | 'now'> = productionDeps(),
) {
  const ids = await removeUnusedImages(now())
  for (const id of ids)
    await storage
      .removeAll(id)
      .catch((error: unknown) => log().warn({ err: error, imageId: id }, 'bytes left behind'))
  return ids.length
}
