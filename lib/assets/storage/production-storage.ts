import { join } from 'node:path'
import { env } from '../../env.ts'
import { processWide } from '../../process-wide.ts'
import { diskStorage } from './disk-storage.ts'
import type { Storage } from './storage.ts'

/** The storage this installation is set up with: the disk, under `DATA_DIR/media`. */
export function productionStorage(): Storage {
  return processWide('storage', () => {
    const { DATA_DIR, MIN_FREE_SPACE: keepFreeBytes } = env()
    const besides = [DATA_DIR, join(DATA_DIR, 'postgres')]
    return diskStorage(join(DATA_DIR, 'media'), { keepFreeBytes, besides })
  })
}
