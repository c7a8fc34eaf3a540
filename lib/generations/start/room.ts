import { message } from '#lib/messages/message'
import { sql } from 'drizzle-orm'
import { adopterOf, isOwnerThere } from '../../db/queries/adopted.ts'
import { type Transaction, inTransaction } from '../../db/client.ts'
import { env } from '../../env.ts'
import { AppError } from '../../errors.ts'
import { processWide } from '../../process-wide.ts'

/**
 * Throws `session_required` where the work of a visitor has moved into an account since the request came: its session
 * is no way to the account, or to its money. The browser sends the request again, as the account. Until the end of the
 * transaction nothing of the visitor's moves.
 */
export async function assertNotAdopted(tx: Transaction, ownerId: string) {
  if ((await adopterOf(ownerId, tx)) !== ownerId) throw signedInMeanwhile()
}

/** The browser sends it once more, with the cookies of now and the same idempotency key. */
export function signedInMeanwhile() {
  return new AppError('session_required', { userMessage: message('errors.signedInMeanwhile') })
}

/**
 * Has the starts of one owner go one after the other in this process, each in a transaction of its own: a hundred at once
 * take one connection, and leave the others to other owners.
 */
export async function startInTurn<T>(ownerId: string, work: (tx: Transaction) => Promise<T>) {
  const turns = processWide('starts of owners', () => new Map<string, Promise<unknown>>())
  const begin = () =>
    inTransaction(async (tx) => {
      await takeTurn(tx, ownerId)
      return work(tx)
    })
  const mine = (turns.get(ownerId) ?? Promise.resolve()).then(begin)
  const over = mine.catch(() => {})
  turns.set(ownerId, over)
  try {
    return await mine
  } finally {
    if (turns.get(ownerId) === over) turns.delete(ownerId)
  }
}

/**
 * The same in all processes: two starts at once would both be the last for which there is room or money. One statement for
 * that and what `assertNotAdopted` asserts: every start waits for it.
 */
async function takeTurn(tx: Transaction, ownerId: string) {
  const { rows } = await tx.execute<{ owner: string }>(sql`
    select adopter_of(${ownerId}) as owner,
      pg_advisory_xact_lock(hashtextextended(${`start ${ownerId}`}, 0))`)
  if (rows[0]!.owner !== ownerId) throw signedInMeanwhile()
  if (await isOwnerThere(ownerId, tx)) return
  throw new AppError('forbidden', { userMessage: message('errors.noLongerAllowed') })
}

/**
 * Throws `too_many_unfinished` where an owner has no room for so many more generations: the queue takes turns between
 * owners, and this bounds what one of them can put in it; a batch, which is admitted whole, has room of its own. Reads the index of open generations, and never past the cap.
 */
export async function assertOwnersRoom(
  tx: Transaction,
  ownerId: string,
  wanted: number,
  roomOfBatch = 0,
) {
  const atMost = env().UNFINISHED_PER_OWNER + roomOfBatch
  const { rows } = await tx.execute<{ open: number }>(sql`
    select count(*)::int as open from (
      select 1 from generation where owner_id = ${ownerId} and deleted_at is null
        and state not in ('completed', 'failed', 'canceled') limit ${atMost}
    ) as unfinished`)
  const open = rows[0]!.open
  if (open + wanted <= atMost) return
  throw new AppError('too_many_unfinished', {
    userMessage: message('errors.tooManyUnfinished', { open, wanted, atMost }),
  })
}
