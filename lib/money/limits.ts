import { and, inArray } from 'drizzle-orm'
import { microsOf, usdOf } from '#lib/contract/money'
import { message } from '#lib/messages/message'
import { type Database, type Transaction, database } from '../db/client.ts'
import { spending, spendingLimit } from '../db/money-schema.ts'
import { env } from '../env.ts'
import { AppError } from '../errors.ts'
import {
  type Payer,
  type PeriodKind,
  addSpending,
  endOfPeriod,
  installation,
  isByOrganizationsKey,
  periodsOf,
  scopesOf,
} from './spending.ts'

/** The most that may be spent in a day and in a month, in the users' prices; null without a limit. */
export interface Limits {
  dayMicros: number | null
  monthMicros: number | null
}

/** One limit, and what of it is spent or held. */
export interface LimitState {
  scope: string
  period: PeriodKind
  limitMicros: number
  spentMicros: number
  resetsAt: Date
}

const kinds = ['month', 'day'] as const

/** The limits of some scopes. The installation's come from the environment until an admin sets others. */
export async function limitsOf(
  scopes: readonly string[],
  db: Database | Transaction = database(),
): Promise<Map<string, Limits>> {
  const rows = await db
    .select()
    .from(spendingLimit)
    .where(inArray(spendingLimit.scope, [...scopes]))
  const found = new Map<string, Limits>(rows.map((row) => [row.scope, row]))
  if (scopes.includes(installation) && !found.has(installation))
    found.set(installation, installationDefaults())
  return found
}

function installationDefaults(): Limits {
  const { LIMIT_USD_A_DAY: day, LIMIT_USD_A_MONTH: month } = env()
  return {
    dayMicros: day === undefined ? null : microsOf(day),
    monthMicros: month === undefined ? null : microsOf(month),
  }
}

/** Sets the limits of a scope, or lifts them. */
export async function setLimits(scope: string, limits: Limits, byUserId: string | null, now: Date) {
  const { dayMicros, monthMicros } = limits
  const set = { dayMicros, monthMicros, updatedBy: byUserId, updatedAt: now }
  await database()
    .insert(spendingLimit)
    .values({ scope, ...set })
    .onConflictDoUpdate({ target: spendingLimit.scope, set })
}

/** The limits some scopes are under, with what of each is spent or held in the period of a moment. */
export async function limitStates(scopes: readonly string[], now: Date): Promise<LimitState[]> {
  const limits = await limitsOf(scopes)
  const spent = await database()
    .select()
    .from(spending)
    .where(
      and(
        inArray(spending.scope, [...scopes]),
        inArray(spending.period, Object.values(periodsOf(now))),
      ),
    )
  return statesOf(scopes, limits, spent, now)
}

function statesOf(
  scopes: readonly string[],
  limits: Map<string, Limits>,
  spent: readonly { scope: string; period: string; micros: number }[],
  now: Date,
): LimitState[] {
  const periods = periodsOf(now)
  const figure = (scope: string, kind: PeriodKind) =>
    spent.find((one) => one.scope === scope && one.period === periods[kind])?.micros ?? 0
  return scopes.flatMap((scope) =>
    kinds.flatMap((period) => {
      const limitMicros = limits.get(scope)?.[`${period}Micros`] ?? null
      if (limitMicros === null) return []
      const spentMicros = figure(scope, period)
      return [{ scope, period, limitMicros, spentMicros, resetsAt: endOfPeriod(period, now) }]
    }),
  )
}

/**
 * Counts an amount against every limit of its payer. Throws `spending_limit_reached` where one of them would be passed;
 * the transaction then takes the counting back.
 */
export async function countAgainstLimits(
  tx: Transaction,
  { payer, micros, now }: { payer: Payer; micros: number; now: Date },
) {
  const scopes = scopesOf(payer)
  const limits = await limitsOf(scopes, tx)
  const spent = await addSpending(tx, { payer, at: now, micros })
  const [passed] = statesOf(scopes, limits, spent, now)
    .filter(({ limitMicros, spentMicros }) => spentMicros > limitMicros)
    .toSorted((a, b) => opensAt(b, micros) - opensAt(a, micros))
  if (passed) throw limitReached(passed, isByOrganizationsKey(payer), micros, now)
}

/** When a limit would let so much through: of several that are passed, the one that does so last is what stands in the way. */
function opensAt({ limitMicros, resetsAt }: LimitState, micros: number) {
  return micros > limitMicros ? Number.MAX_VALUE : resetsAt.getTime()
}

/** `passed` counts the amount that is refused. */
function limitReached(
  { scope, period, ...passed }: LimitState,
  isByKey: boolean,
  micros: number,
  now: Date,
) {
  const { limitMicros, spentMicros, resetsAt } = passed
  const waitSeconds = Math.ceil((resetsAt.getTime() - now.getTime()) / 1000)
  const fitsLater = micros <= limitMicros
  const kind = scope.replace(/:.*/s, '')
  const values = {
    // Who reads it need not be who made the key.
    scope: isByKey && kind === 'user' ? 'maker' : kind,
    period,
    price: { usd: usdOf(micros) },
    limit: { usd: usdOf(limitMicros) },
    left: { balanceUsd: usdOf(Math.max(0, limitMicros - (spentMicros - micros))) },
    excess: { usd: usdOf(spentMicros - limitMicros) },
    resets: { moment: resetsAt.toISOString() },
    wait: { seconds: waitSeconds },
  }
  const { left: _left, excess: _excess, resets: _resets, wait: _wait, ...always } = values
  return new AppError('spending_limit_reached', {
    userMessage: fitsLater
      ? message('money.limitReached', values)
      : message('money.limitTooLow', always),
    ...(fitsLater && { retryAfterSeconds: waitSeconds }),
  })
}
