import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import { productionStorage } from '../assets/storage/production-storage.ts'
import type { Storage } from '../assets/storage/storage.ts'
import { asset } from '../db/asset-schema.ts'
import { database } from '../db/client.ts'
import { videoFiles } from '../kinds/video.ts'
import { pace } from '../pace.ts'
import { processWide } from '../process-wide.ts'
import { everySoOften } from '../sweeping.ts'
import { deleteExpired } from './deletion.ts'
import { forgetOldZipLinks } from './zip/selection.ts'

const measuredARun = 500

/** Empties the trash of what is 30 days old, and measures what older versions stored, now and every so often. */
export function sweepLibrary() {
  return everySoOften(pace().sweepUploadsMs, 'a sweep of the library failed', sweepOnce)
}

async function sweepOnce() {
  const now = new Date()
  await deleteExpired(now)
  await forgetOldZipLinks(now)
  await measureDrawn()
}

/**
 * Measures the posters and filmstrips that an older version drew, so many a run; answers of how many. What cannot be
 * measured now is passed over, and tried again once all others are.
 */
export async function measureDrawn(storage: Storage = productionStorage()): Promise<number> {
  const place = processWide('last measured asset', () => ({ id: '' }))
  const rows = await database()
    .select()
    .from(asset)
    .where(and(isNull(asset.drawnBytes), gt(asset.id, place.id)))
    .orderBy(asc(asset.id))
    .limit(measuredARun)
  place.id = rows.length < measuredARun ? '' : rows.at(-1)!.id
  let measured = 0
  for (const row of rows) {
    const drawnBytes = await drawnBytesOf(row, storage)
    if (drawnBytes === undefined) continue
    await database().update(asset).set({ drawnBytes }).where(eq(asset.id, row.id))
    measured++
  }
  return measured
}

async function drawnBytesOf(
  { storageKey, hasPoster, posterName, filmstripFrames }: typeof asset.$inferSelect,
  storage: Storage,
) {
  // Where the film is not, the storage is away, and says nothing of its pictures.
  if (!(await storage.get(storageKey).catch(() => undefined))) return undefined
  const folder = storageKey.slice(0, storageKey.lastIndexOf('/'))
  const { poster, filmstrip } = videoFiles
  const drawn = [hasPoster && poster.name, posterName, filmstripFrames && filmstrip.name]
  const names = drawn.filter((name) => typeof name === 'string')
  const objects = await Promise.all(names.map((name) => storage.get(`${folder}/${name}`)))
  return objects.reduce((sum, object) => sum + (object?.sizeBytes ?? 0), 0)
}
