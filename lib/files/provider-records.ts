import { sql } from 'drizzle-orm'
import type { ErrorCode } from '#lib/contract/error-code'
import type { ProviderRecord } from '#lib/contract/provider-view'
import { database } from '../db/client.ts'

/** How many attempts, of those grouped, were refused and taken over by another provider. */
export const fellBackCount = sql`(count(*) filter (where outcome = 'refused' and exists (
  select 1 from attempt later where later.file_id = attempt.file_id
    and later.number > attempt.number and later.provider <> attempt.provider
)))::int`

interface Counted {
  [column: string]: unknown
  provider: string
  attempts: number
  completed: number
  failed: number
  refused: number
  unknown: number
  fellBack: number
  medianSeconds: number | null
  p90Seconds: number | null
  spentUsd: number
  meanUsd: number | null
}

/** What each provider did here since a moment, by its id. Deleted videos count: they were paid for. */
export async function providerRecords(since: Date): Promise<ReadonlyMap<string, ProviderRecord>> {
  const { rows } = await database().execute<Counted>(sql`
    select provider, count(*)::int as "attempts",
      (count(*) filter (where outcome = 'completed'))::int as "completed",
      (count(*) filter (where outcome = 'failed'))::int as "failed",
      (count(*) filter (where outcome = 'refused'))::int as "refused",
      (count(*) filter (where outcome = 'unknown'))::int as "unknown",
      ${fellBackCount} as "fellBack",
      percentile_cont(0.5) within group (order by extract(epoch from ended_at - started_at))
        filter (where outcome = 'completed') as "medianSeconds",
      percentile_cont(0.9) within group (order by extract(epoch from ended_at - started_at))
        filter (where outcome = 'completed') as "p90Seconds",
      coalesce(sum(cost_usd), 0) as "spentUsd",
      avg(cost_usd) filter (where outcome = 'completed') as "meanUsd"
    from attempt where started_at > ${since.toISOString()}::timestamptz group by provider`)
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

function recordOf({ provider: _, refused, ...counted }: Counted): ProviderRecord {
  const ended = counted.completed + counted.failed + refused
  return {
    attempts: counted.attempts,
    completed: counted.completed,
    failed: counted.failed,
    fellBack: counted.fellBack,
    unknown: counted.unknown,
    successRate: ended === 0 ? null : counted.completed / ended,
    fallbackRate: counted.attempts === 0 ? null : counted.fellBack / counted.attempts,
    medianSeconds: counted.medianSeconds,
    p90Seconds: counted.p90Seconds,
    spentUsd: counted.spentUsd,
    meanUsd: counted.meanUsd,
  }
}

interface LastError {
  [column: string]: unknown
  provider: string
  code: ErrorCode
  message: string
  at: string
}

/** The latest error of each provider, by its id: what an attempt ended with, or what took the provider out. */
export async function lastErrors() {
  const { rows } = await database().execute<LastError>(sql`
    select distinct on (provider) provider, code, message, at from (
      select provider, error_code as code, error_message as message, ended_at as at
        from attempt where error_code is not null and ended_at is not null
      union all select provider, error_code, reason, created_at from provider_pause
    ) told order by provider, at desc`)
  return new Map(rows.map((row) => [row.provider, { ...row, at: new Date(row.at) }]))
}

/** How many files are in each state. */
export async function filesByState() {
  const { rows } = await database().execute<{ state: string; files: number }>(
    sql`select state, count(*)::int as files from file where deleted_at is null group by state`,
  )
  return rows
}
