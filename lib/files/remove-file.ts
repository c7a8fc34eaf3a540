import { and, eq } from 'drizzle-orm'
import { database } from '../db/client.ts'
import { file } from '../db/schema.ts'
import type { Lease } from './lease.ts'

/** Takes a row away for good, with its events; nothing where the lease was lost. */
export async function removeFile({ row, leaseId }: Lease) {
  await database()
    .delete(file)
    .where(and(eq(file.id, row.id), eq(file.leaseId, leaseId)))
}
