import { sql } from 'drizzle-orm'
import type { ErrorCode } from '#lib/contract/problem'
import { usdOf } from '#lib/contract/money'
import type { ProviderRecord } from '#lib/contract/provider-view'
import { database } from '../db/client.ts'
import { processWide } from '../process-wide.ts'

const lookedBackDays = 7
// Of more runs the median and the slowest tenth would hardly move.
const runsLookedAt = 200

type Records = ReadonlyMap<string, ProviderRecord>

/**
 * What each provider did here in the last seven days. A reading that is not older than `keptMs` serves again, so that
 * asking often costs the database nothing.
 */
export async function recentRecords(now: Date, keptMs: number): Promise<Records> {
  const kept = processWide('provider records', () => new Map<'last', Kept>())
  const last = kept.get('last')
  if (last && now.getTime() - last.at < keptMs) return last.records
  const records = providerRecords(now)
  kept.set('last', { at: now.getTime(), records })
  // A reading that failed is none to keep.
  records.catch(() => kept.delete('last'))
  return records
}

interface Kept {
  at: number
  records: Promise<Records>
}

/** What the kept figures of some days add up to, for one provider. */
export interface ProviderSums {
  [column: string]: unknown
  provider: string
  attempts: number
  completed: number
  failed: number
  refused: number
  unknown: number
  canceled: number
  fellBack: number
  tookMs: number
  spentMicros: number
  savedMicros: number
}

/** The columns of `ProviderSums`, for a select from `provider_day` that is grouped by provider. */
export const providerSums = sql`provider, sum(attempts)::int as "attempts",
  sum(completed)::int as "completed", sum(failed)::int as "failed", sum(refused)::int as "refused",
  sum("unknown")::int as "unknown", sum(canceled)::int as "canceled", sum(fell_back)::int as "fellBack",
  sum(took_ms)::float as "tookMs", sum(spent_micros)::float as "spentMicros",
  sum(saved_micros)::float as "savedMicros"`

interface Summed extends ProviderSums {
  medianSeconds: number | null
  p90Seconds: number | null
  meanMicros: number | null
}

/**
 * The records of the last seven days by provider: sums of the figures of those days, and times and
 * mean cost of the latest runs.
 * Deleted generations count: they were paid for.
 */
export async function providerRecords(now: Date): Promise<Records> {
  const since = new Date(now.getTime() - lookedBackDays * 24 * 60 * 60 * 1000).toISOString()
  const { rows } = await database().execute<Summed>(sql`
    select days.*, took.median as "medianSeconds", took.p90 as "p90Seconds",
      took.mean::float as "meanMicros"
    from (
      select ${providerSums} from provider_day
      where day > ${since.slice(0, 10)}::date group by provider
    ) days left join lateral (
      select percentile_cont(0.5) within group (order by seconds) as median,
        percentile_cont(0.9) within group (order by seconds) as p90,
        avg(cost_micros) as mean
      from (
        select extract(epoch from ended_at - started_at) as seconds, cost_micros from attempt
        where provider = days.provider and outcome = 'completed'
          and ended_at > ${since}::timestamptz
        order by ended_at desc limit ${runsLookedAt}
      ) runs
    ) took on true`)
  return new Map(rows.map((row) => [row.provider, recordOf(row)]))
}

/** The record of a provider that has done nothing yet. */
export const emptyRecord: ProviderRecord = {
  attempts: 0,
  completed: 0,
  failed: 0,
  fellBack: 0,
  unknown: 0,
  successRate: null,
  fallbackRate: null,
  medianSeconds: null,
  p90Seconds: null,
  spentUsd: 0,
  meanUsd: null,
}

function recordOf(sums: Summed): ProviderRecord {
  const { attempts, completed, failed, refused, unknown, fellBack, spentMicros } = sums
  const { medianSeconds, p90Seconds, meanMicros } = sums
  const ended = completed + failed + refused
  return {
    attempts,
    completed,
    failed,
    fellBack,
    unknown,
    successRate: ended === 0 ? null : completed / ended,
    fallbackRate: attempts === 0 ? null : fellBack / attempts,
    medianSeconds,
    p90Seconds,
    spentUsd: usdOf(spentMicros),
    meanUsd: meanMicros === null ? null : usdOf(Math.round(meanMicros)),
  }
}

interface LastError {
  [column: string]: unknown
  provider: string
  code: ErrorCode
  message: string
  at: string
}

/** The latest error of each of some providers, by its id: what an attempt ended with, or what began a cooldown. */
export async function lastErrors(providers: string[]) {
  const { rows } = await database().execute<LastError>(sql`
    select distinct on (provider) provider, code, message, at from (
      select asked.provider, last.code, last.message, last.at
      from unnest(${sql.param(providers)}::text[]) as asked(provider), lateral (
        select error_code as code, error_message as message, ended_at as at from attempt
        where provider = asked.provider and error_code is not null and ended_at is not null
        order by ended_at desc limit 1
      ) last
      union all select provider, error_code, reason, created_at from provider_cooldown
    ) told order by provider, at desc`)
  return new Map(rows.map((row) => [row.provider, { ...row, at: new Date(row.at) }]))
}

/** How many generations are in each state that is not final: as many rows of an index. */
export async function openByState() {
  const { rows } = await database().execute<{ state: string; generations: number }>(sql`
    select state, count(*)::int as generations from generation
    where deleted_at is null and state not in ('completed', 'failed', 'canceled') group by state`)
  return rows
}

/** How many generations wait for an operator, because every step of theirs has thrown for a day. */
export async function parkedGenerations() {
  const { rows } = await database().execute<{ parked: number }>(
    sql`select count(*)::int as parked from generation where parked_at is not null`,
  )
  return rows[0]?.parked ?? 0
}
