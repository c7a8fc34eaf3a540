import { inArray, sql } from 'drizzle-orm'
import { type Database, type Transaction, database } from '../db/client.ts'
import { type TransferKind, ledgerAccount, transfer } from '../db/money-schema.ts'

/** The installation's own accounts; in every transaction they are locked after those of owners. */
export const shared = {
  /** Credits that admins give. */
  grants: 'grants',
  /** Money that comes in through the payment provider. */
  payments: 'payments',
  /** The installation's own purse. */
  own: 'own',
  /** What the installation has paid for itself. */
  writtenOff: 'written-off',
} as const

const sharedIds: ReadonlySet<string> = new Set(Object.values(shared))
const mayBeNegative = new Set<string>([shared.grants, shared.payments, shared.own])

/** The accounts of an owner. `open` is where holds come from while nothing is asked of users: it goes below zero. */
export function accountsOf(ownerId: string) {
  return {
    available: `available:${ownerId}`,
    open: `open:${ownerId}`,
    held: `held:${ownerId}`,
    spent: `spent:${ownerId}`,
  }
}

export interface Balance {
  availableMicros: number
  heldMicros: number
  spentMicros: number
}

/** What an owner has, what of it is held for videos under way, and what was spent. */
export async function balanceOf(
  ownerId: string,
  db: Database | Transaction = database(),
): Promise<Balance> {
  const { available, held, spent } = accountsOf(ownerId)
  const rows = await db
    .select({ id: ledgerAccount.id, balance: ledgerAccount.balance })
    .from(ledgerAccount)
    .where(inArray(ledgerAccount.id, [available, held, spent]))
  const balances = new Map(rows.map(({ id, balance }) => [id, balance]))
  const at = (id: string) => balances.get(id) ?? 0
  return { availableMicros: at(available), heldMicros: at(held), spentMicros: at(spent) }
}

/**
 * Locks accounts until the end of the transaction and answers their balances; those that are not there yet are opened.
 * Every transaction locks in the same order, whatever order they are named in: none waits for one that waits for it.
 */
export async function lockAccounts(tx: Transaction, ids: readonly string[]) {
  const wanted = [...new Set(ids)].toSorted(inLockOrder)
  // Before any is locked: one that waits here for another's opening must not have what the other waits for.
  await openMissing(tx, wanted)
  const rows = await tx
    .select({ id: ledgerAccount.id, balance: ledgerAccount.balance })
    .from(ledgerAccount)
    .where(inArray(ledgerAccount.id, wanted))
    .orderBy(sql`${ledgerAccount.ownerId} is null`, sql`${ledgerAccount.id} collate "C"`)
    .for('no key update')
  return new Map(rows.map(({ id, balance }) => [id, balance]))
}

async function openMissing(tx: Transaction, wanted: readonly string[]) {
  const rows = await tx
    .select({ id: ledgerAccount.id })
    .from(ledgerAccount)
    .where(inArray(ledgerAccount.id, [...wanted]))
  const found = new Set(rows.map(({ id }) => id))
  const missing = wanted.filter((id) => !found.has(id))
  if (missing.length === 0) return
  // The shared ones with the very first: none is opened while accounts are locked, which another's opening may wait for.
  const opened = [...new Set([...missing, ...sharedIds])].toSorted(inLockOrder)
  await tx.insert(ledgerAccount).values(opened.map(accountRow)).onConflictDoNothing()
}

function inLockOrder(a: string, b: string) {
  return Number(sharedIds.has(a)) - Number(sharedIds.has(b)) || (a < b ? -1 : 1)
}

function accountRow(id: string) {
  const isShared = sharedIds.has(id)
  return {
    id,
    ownerId: isShared ? null : id.slice(id.indexOf(':') + 1),
    mayBeNegative: mayBeNegative.has(id) || id.startsWith('open:'),
  }
}

export interface Movement {
  /** What it is for; a second one under the same key is refused by the database. */
  key: string
  kind: TransferKind
  from: string
  to: string
  amountMicros: number
  ownerId?: string | null
  generationId?: string
  byUserId?: string | null
  note?: string | null
}

/** Moves money between accounts that are locked. What moves nothing leaves no row. */
export async function moveMoney(tx: Transaction, movements: readonly Movement[]) {
  const rows = movements
    .filter(({ amountMicros }) => amountMicros > 0)
    .map(({ from, to, amountMicros, ...rest }) => ({
      ...rest,
      debit: from,
      credit: to,
      amount: amountMicros,
    }))
  if (rows.length > 0) await tx.insert(transfer).values(rows)
}
