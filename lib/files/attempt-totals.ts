import { sql } from 'drizzle-orm'
import { database } from '../db/client.ts'
import { fellBackCount } from './provider-records.ts'

/** Everything that was ever tried here, counted: by provider and outcome, and by provider. */
export async function attemptTotals() {
  const outcomes = await database().execute<{
    provider: string
    outcome: string
    attempts: number
  }>(
    sql`select provider, outcome, count(*)::int as attempts from attempt group by 1, 2 order by 1, 2`,
  )
  const providers = await database().execute<{
    provider: string
    completed: number
    seconds: number
    spentUsd: number
    fellBack: number
  }>(sql`
    select provider, (count(*) filter (where outcome = 'completed'))::int as "completed",
      coalesce(sum(extract(epoch from ended_at - started_at))
        filter (where outcome = 'completed'), 0)::float as "seconds",
      coalesce(sum(cost_usd), 0) as "spentUsd",
      ${fellBackCount} as "fellBack"
    from attempt group by provider order by provider`)
  const saved = await database().execute<{ usd: number }>(sql`
    select coalesce(sum(greatest(up_to_usd - actual_usd, 0)), 0) as usd
    from file where state = 'completed' and actual_usd is not null`)
  return {
    outcomes: outcomes.rows,
    providers: providers.rows,
    savedUsd: saved.rows[0]?.usd ?? 0,
  }
}
