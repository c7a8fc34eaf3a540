import { inTransaction } from '../db/client.ts'
import { file } from '../db/schema.ts'
import { type FileRow, fileColumns } from './file-row.ts'
import { type IdempotencyClaim, claimIdempotencyKey } from './idempotency-key.ts'
import { nextQueuePlace } from './queue-places.ts'

export type NewFile = Omit<
  typeof file.$inferInsert,
  'queuePlace' | 'version' | 'state' | 'runAt'
> & {
  createdAt: Date
}

/**
 * Inserts a file, due at once, and takes the idempotency key in the same transaction. Answers the new row, or the
 * id of the file that the key already stands for.
 */
export async function insertFile(
  values: NewFile,
  claim: IdempotencyClaim | undefined,
): Promise<{ row: FileRow } | { earlier: string }> {
  return inTransaction(async (tx) => {
    const earlier = claim && (await claimIdempotencyKey(tx, claim))
    if (earlier) return { earlier }
    const queuePlace = await nextQueuePlace(values.provider, tx)
    const [row] = await tx
      .insert(file)
      .values({ ...values, queuePlace, runAt: values.createdAt })
      .returning(fileColumns)
    return { row: row! }
  })
}
