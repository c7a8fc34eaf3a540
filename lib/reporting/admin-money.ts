import { type SQL, and, asc, gt, inArray, isNotNull, sql } from 'drizzle-orm'
import { microsOf, usdOf } from '#lib/contract/money'
import type {
  LimitsView,
  OwnerSpending,
  SpendingView,
  UncertainEntry,
} from '#lib/contract/people/admin-money'
import { message } from '#lib/messages/message'
import { apikey, organization, user } from '../db/auth-schema.ts'
import { database } from '../db/client.ts'
import { hold, spendingLimit } from '../db/money-schema.ts'
import { invalidField } from '../errors.ts'
import type { HoldRow } from '../money/holds.ts'
import { limitStates, limitsOf } from '../money/limits.ts'
import { installation, periodsOf } from '../money/spending.ts'
import { limitViewOf } from './usage.ts'
import { type UsageEntryRefs, usageEntries } from './usage-entries.ts'

const ownersAtMost = 100
const pageSize = 50

/** What was spent in a month of UTC: by day, and by who started it and which organization paid, the most first. */
export async function readSpending(month: string | undefined, now: Date): Promise<SpendingView> {
  const meant = month ?? periodsOf(now).month
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(meant)) throw invalidField('month', message('money.month'))
  const [days, owners] = await Promise.all([daysOf(meant), ownersOf(meant)])
  // Dollars added up are not exact; micro-dollars are.
  const micros = days.reduce((sum, { usd }) => sum + microsOf(usd), 0)
  return { month: meant, usd: usdOf(micros), days, owners }
}

async function daysOf(month: string) {
  const { rows } = await database().execute<{ day: string; micros: number }>(sql`
    select period as day, micros::float8 as micros from spending
    where scope = ${installation} and period > ${month} and period < ${`${month}-99`} order by period`)
  return rows.map(({ day, micros }) => ({ day, usd: usdOf(micros) }))
}

async function ownersOf(month: string): Promise<OwnerSpending[]> {
  const { rows } = await database().execute<Omit<OwnerSpending, 'usd'> & { micros: number }>(sql`
    select split_part(scope, ':', 1) as kind, split_part(scope, ':', 2) as id, micros::float8 as micros,
      coalesce(o.name, u.name) as name, case when u.is_anonymous is not true then u.email end as email,
      coalesce(u.is_anonymous, false) as "isVisitor"
    from (
      select scope, micros from spending
      where period = ${month} and (scope like 'user:%' or scope like 'organization:%') and micros > 0
      order by micros desc limit ${ownersAtMost}
    ) as most
      left join "user" u on scope = 'user:' || u.id
      left join organization o on scope = 'organization:' || o.id
    order by micros desc`)
  return rows.map(({ micros, ...one }) => ({ ...one, usd: usdOf(micros) }))
}

/** The limits that are set, by scope, a page at a time; the installation's comes with the first page in any case. */
export async function readLimits(cursor: string | undefined, now: Date) {
  const rows = await database()
    .select()
    .from(spendingLimit)
    .where(cursor ? gt(spendingLimit.scope, cursor) : undefined)
    .orderBy(asc(spendingLimit.scope))
    .limit(pageSize + 1)
  const scopes = rows.slice(0, pageSize).map(({ scope }) => scope)
  const nextCursor = rows.length > pageSize ? scopes.at(-1)! : null
  const shown = cursor ? scopes : [...new Set([installation, ...scopes])]
  return { limits: await limitViews(shown, now), nextCursor }
}

/** The limits of some scopes, with what of each is spent. */
export async function limitViews(scopes: readonly string[], now: Date): Promise<LimitsView[]> {
  const [limits, states, names] = await Promise.all([
    limitsOf(scopes),
    limitStates(scopes, now),
    namesOf(scopes),
  ])
  const usd = (micros: number | null | undefined) =>
    micros === null || micros === undefined ? null : usdOf(micros)
  return scopes.map((scope) => ({
    scope,
    name: names.get(scope) ?? null,
    dayUsd: usd(limits.get(scope)?.dayMicros),
    monthUsd: usd(limits.get(scope)?.monthMicros),
    states: states.filter((one) => one.scope === scope).map(limitViewOf),
  }))
}

/** What the users, organizations and keys of some scopes are called. */
async function namesOf(scopes: readonly string[]) {
  const ids = scopes.map((scope) => scope.slice(scope.indexOf(':') + 1))
  const { rows } = await database().execute<{ scope: string; name: string | null }>(sql`
    select 'user:' || id as scope, case when is_anonymous is not true then email end as name
      from ${user} where ${inArray(user.id, ids)}
    union all select 'organization:' || id, name from ${organization} where ${inArray(organization.id, ids)}
    union all select 'key:' || id, name from ${apikey} where ${inArray(apikey.id, ids)}`)
  return new Map(rows.map(({ scope, name }) => [scope, name]))
}

interface UncertainPage {
  entries: (UsageEntryRefs & Pick<UncertainEntry, 'ownerId'>)[]
  nextCursor: string | null
}

/** Videos that ended without a known cost, the longest waiting first, a page at a time: those behind a cursor. */
export async function readUncertain(after: string | undefined): Promise<UncertainPage> {
  const rows = await database()
    .select()
    .from(hold)
    .where(and(isNotNull(hold.uncertainSince), isAfter(after)))
    .orderBy(asc(hold.uncertainSince), asc(hold.generationId))
    .limit(pageSize + 1)
  const page = rows.slice(0, pageSize)
  const entries = await usageEntries(page)
  const ownerOf = new Map(page.map(({ generationId, ownerId }) => [generationId, ownerId]))
  return {
    entries: entries.map((one) => ({ ...one, ownerId: ownerOf.get(one.fileId)! })),
    nextCursor: rows.length > pageSize ? cursorOf(page.at(-1)!) : null,
  }
}

/** With the moment in it: the last one of a page may be settled by the time the next page is asked for. */
function cursorOf({ uncertainSince, generationId }: HoldRow) {
  return Buffer.from(`${uncertainSince!.getTime()} ${generationId}`).toString('base64url')
}

function isAfter(cursor: string | undefined): SQL | undefined {
  const [, ms, id] =
    /^(\d{1,14}) (\w{1,64})$/.exec(Buffer.from(cursor ?? '', 'base64url').toString()) ?? []
  if (id === undefined) return undefined
  const since = new Date(Number(ms)).toISOString()
  return sql`(${hold.uncertainSince}, ${hold.generationId}) > (${since}::timestamptz, ${id})`
}
