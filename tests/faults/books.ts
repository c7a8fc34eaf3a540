import { eq, sum } from 'drizzle-orm'
import { database } from '#lib/db/client'
import { hold, ledgerAccount, transfer } from '#lib/db/money-schema'
import { accountsOf, balanceOf } from '#lib/money/accounts'
import { grant } from '#lib/money/grants'
import type { Stage } from './stage.ts'

/** What the ledger says of a video and its owner, who has no other. */
export interface Books {
  hold: typeof hold.$inferSelect
  transfers: (typeof transfer.$inferSelect)[]
  /** Balances of the owner's accounts, by kind. */
  balances: Record<keyof ReturnType<typeof accountsOf>, number>
  /** All accounts of the installation together. */
  sumMicros: number
}

export async function booksOf({ id, ownerId }: Pick<Stage, 'id' | 'ownerId'>): Promise<Books> {
  const ofVideo = eq(hold.generationId, id)
  const [held] = await database().select().from(hold).where(ofVideo)
  const ofIt = eq(transfer.generationId, id)
  const transfers = await database().select().from(transfer).where(ofIt).orderBy(transfer.id)
  const [all] = await database()
    .select({ micros: sum(ledgerAccount.balance) })
    .from(ledgerAccount)
  return {
    hold: held!,
    transfers,
    balances: await balancesOf(ownerId),
    sumMicros: Number(all!.micros),
  }
}

async function balancesOf(ownerId: string) {
  const isOwn = eq(ledgerAccount.ownerId, ownerId)
  const rows = await database().select().from(ledgerAccount).where(isOwn)
  const at = (id: string) => rows.find((row) => row.id === id)?.balance ?? 0
  const { available, open, held, spent } = accountsOf(ownerId)
  return { available: at(available), open: at(open), held: at(held), spent: at(spent) }
}

/** Takes away what the owner has left. */
export async function spendTheRest({ ownerId }: Pick<Stage, 'ownerId'>) {
  const { availableMicros } = await balanceOf(ownerId)
  if (availableMicros === 0) return
  await grant({ ownerId, amountMicros: -availableMicros, byUserId: null, note: 'spent' })
}
