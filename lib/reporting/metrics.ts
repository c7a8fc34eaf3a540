import { sql } from 'drizzle-orm'
import { usdOf } from '#lib/contract/money'
import { database } from '../db/client.ts'
import { type ProviderSums, openByState, providerSums } from './records.ts'

type Sample = [labels: Record<string, string>, value: number]

/**
 * What Prometheus scrapes, in its text format 0.0.4. Counters are kept as figures in the database, so that they only
 * rise, every process tells the same, and neither a restart nor a deletion takes anything from them.
 */
export async function metricsText(): Promise<string> {
  const [states, totals] = await Promise.all([openByState(), providerTotals()])
  const samples = states.map(({ state, generations }): Sample => [{ state }, generations])
  return family('files', 'gauge', 'Unfinished videos by state', samples) + countersOf(totals)
}

const outcomes = ['completed', 'failed', 'refused', 'unknown', 'canceled'] as const

function countersOf(totals: ProviderSums[]) {
  const per = (value: (row: ProviderSums) => number): Sample[] =>
    totals.map((row) => [{ provider: row.provider }, value(row)])
  return [
    family(
      'attempts_started_total',
      'counter',
      'Calls to a provider',
      per((row) => row.attempts),
    ),
    family(
      'attempts_total',
      'counter',
      'Calls to a provider by outcome',
      totals.flatMap((row) =>
        outcomes.map((outcome): Sample => [{ provider: row.provider, outcome }, row[outcome]]),
      ),
    ),
    family(
      'fallbacks_total',
      'counter',
      'Attempts another provider took over from',
      per((row) => row.fellBack),
    ),
    family(
      'generation_seconds_sum',
      'counter',
      'Seconds from submit to done',
      per((row) => row.tookMs / 1_000),
    ),
    family(
      'generation_seconds_count',
      'counter',
      'Videos done',
      per((row) => row.completed),
    ),
    family(
      'spent_usd_total',
      'counter',
      'Dollars spent',
      per((row) => usdOf(row.spentMicros)),
    ),
    family(
      'saved_usd_total',
      'counter',
      'Dollars saved compared with the most expensive provider',
      [[{}, usdOf(totals.reduce((sum, row) => sum + row.savedMicros, 0))]],
    ),
  ].join('')
}

async function providerTotals() {
  const { rows } = await database().execute<ProviderSums>(
    sql`select ${providerSums} from provider_day group by provider order by provider`,
  )
  return rows
}

function family(name: string, type: 'counter' | 'gauge', help: string, samples: Sample[]) {
  const full = `photofinish_${name}`
  const lines = samples.map(([labels, value]) => `${full}${labelsOf(labels)} ${value}\n`)
  return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${lines.join('')}`
}

function labelsOf(labels: Record<string, string>) {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return pairs.length > 0 ? `{${pairs.join(',')}}` : ''
}
