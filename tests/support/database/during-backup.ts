import pg from 'pg'
import { databaseAddress } from '#lib/db/client'
import { holdRemovals } from '#lib/db/queries/removals'

/** Does something as it is done while a backup is being made. */
export async function duringBackup<T>(act: () => Promise<T>): Promise<T> {
  const backup = new pg.Client({ connectionString: databaseAddress() })
  await backup.connect()
  try {
    await holdRemovals(backup)
    return await act()
  } finally {
    await backup.end()
  }
}
