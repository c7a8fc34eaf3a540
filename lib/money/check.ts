import { type SQL, sql } from 'drizzle-orm'
import { database } from '../db/client.ts'

export interface LedgerReport {
  transfers: number
  accounts: number
  /** Of all balances, in micro-dollars, as text: it may be more than a number holds exactly. */
  sum: string
  mismatches: number
  /** What each of the first mismatches is, for the operator. */
  examples: string[]
}

const examplesAtMost = 10

const moved = sql`(
  select id, sum(amount) as amount from (
    select credit as id, amount from ledger_transfer
    union all select debit, -amount from ledger_transfer
  ) as legs group by id) as moved`

const scopes = sql`(
  select scope, period, sum(micros) as micros from (
    select unnest(array['installation', 'user:' || nullif(user_id, ''),
        case when owner_id <> user_id then 'organization:' || owner_id end, 'key:' || key_id]) as scope,
      created_at, coalesce(charged_micros, amount_micros) as micros from hold
  ) as one, unnest(array[to_char(created_at at time zone 'UTC', 'YYYY-MM-DD'),
      to_char(created_at at time zone 'UTC', 'YYYY-MM')]) as period
  where scope is not null group by scope, period) as owed`

/** An account against what the holds say should be in it. */
const againstHolds = (prefix: string, figure: SQL) => sql`
  select ${`${prefix}:`} || owner_id as subject, balance, owed from (
    select coalesce(a.owner_id, h.owner_id) as owner_id, coalesce(a.balance, 0) as balance,
      coalesce(h.owed, 0) as owed
    from (select owner_id, balance from ledger_account where id like ${`${prefix}:%`}) as a
      full join (select owner_id, sum(${figure}) as owed from hold group by owner_id) as h using (owner_id)
  ) as both_sides where balance <> owed`

/** Each finds nothing in a sound ledger: what is wrong, what is there, and what should be. */
const findings: SQL[] = [
  sql`select coalesce(a.id, moved.id) as subject, coalesce(a.balance, 0) as balance,
      coalesce(moved.amount, 0) as owed
    from ledger_account a full join ${moved} using (id)
    where coalesce(a.balance, 0) <> coalesce(moved.amount, 0)`,
  sql`select id as subject, balance, 0 as owed from ledger_account
    where balance < 0 and not (id in ('grants', 'payments', 'own') or id like 'open:%')`,
  againstHolds('held', sql`case when charged_micros is null then amount_micros else 0 end`),
  againstHolds('spent', sql`coalesce(charged_micros, 0)`),
  sql`select 'written-off' as subject, balance, owed from (
      select coalesce((select balance from ledger_account where id = 'written-off'), 0) as balance,
        coalesce(sum(own_cost_micros), 0) as owed from hold) as one
    where balance <> owed`,
  sql`select coalesce(s.scope, owed.scope) || ' in ' || coalesce(s.period, owed.period) as subject,
      coalesce(s.micros, 0) as balance, coalesce(owed.micros, 0) as owed
    from spending s full join ${scopes} on s.scope = owed.scope and s.period = owed.period
    where coalesce(s.micros, 0) <> coalesce(owed.micros, 0)`,
  sql`select 'video ' || g.id as subject, coalesce(g.charged_micros, 0) as balance,
      coalesce(h.charged_micros, 0) as owed
    from generation g join hold h on h.generation_id = g.id
    where g.charged_micros is distinct from h.charged_micros
      or g.held_micros <> h.amount_micros`,
  sql`select 'payments' as subject, balance, owed from (
      select coalesce((select balance from ledger_account where id = 'payments'), 0) as balance,
        coalesce(sum(refunded_micros - case when state = 'paid' then amount_micros else 0 end), 0) as owed
      from top_up) as one
    where balance <> owed`,
  sql`select 'top-up ' || t.id as subject, coalesce(l.amount, 0) as balance, t.amount_micros as owed
    from top_up t left join ledger_transfer l on l.key = 'topup:' || t.id
    where (t.state = 'paid') <> (l.key is not null)
      or (l.key is not null and l.amount <> t.amount_micros)`,
]

/**
 * Compares every balance with its transfers, and the holds, top-ups and spending figures with the balances, and what videos say of their charge with their holds: all as they
 * were at one moment, beside a running server. The database adds up; nothing of it is read into memory.
 */
export function checkLedger(): Promise<LedgerReport> {
  return database().transaction(
    async (tx) => {
      await tx.execute(sql`set local statement_timeout = 0`)
      const { rows } = await tx.execute<{ transfers: number; accounts: number; sum: string }>(sql`
        select (select count(*)::float8 from ledger_transfer) as transfers,
          count(*)::float8 as accounts, coalesce(sum(balance), 0)::text as sum from ledger_account`)
      const report: LedgerReport = { ...rows[0]!, mismatches: 0, examples: [] }
      for (const finding of findings) await addFindings(tx, finding, report)
      return report
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

async function addFindings(
  tx: Pick<ReturnType<typeof database>, 'execute'>,
  finding: SQL,
  report: LedgerReport,
) {
  const { rows } = await tx.execute<Record<'all' | 'subject' | 'balance' | 'owed', string>>(sql`
    select count(*) over () as all, subject, balance::text, owed::text from (${finding}) as found
    order by subject limit ${examplesAtMost}`)
  report.mismatches += Number(rows[0]?.all ?? 0)
  const told = rows.map(({ subject, balance, owed }) => `${subject}: ${balance}, not ${owed}`)
  report.examples.push(...told.slice(0, examplesAtMost - report.examples.length))
}

export function isSound({ sum, mismatches }: LedgerReport) {
  return sum === '0' && mismatches === 0
}

/** `ledger: 12 transfers, sum 0, 5 accounts, 0 mismatches`, and a line for each example of what does not fit. */
export function describeLedger({ transfers, sum, accounts, mismatches, examples }: LedgerReport) {
  const line = `ledger: ${transfers} transfers, sum ${sum}, ${accounts} accounts, ${mismatches} mismatches`
  return [line, ...examples.map((one) => `  ${one}`)].join('\n')
}
