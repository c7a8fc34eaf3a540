import { attemptTotals } from '../files/attempt-totals.ts'
import { filesByState } from '../files/provider-records.ts'

type Sample = [labels: Record<string, string>, value: number]

/**
 * What Prometheus scrapes, in its text format 0.0.4: files by state, attempts by provider and outcome, fallbacks,
 * time from submit to done, dollars spent, and dollars saved beside the dearest provider. All of it out of the rows,
 * so that every process tells the same and a restart forgets nothing.
 */
export async function metricsText(): Promise<string> {
  const [states, totals] = await Promise.all([filesByState(), attemptTotals()])
  const per = (value: (row: (typeof totals.providers)[number]) => number): Sample[] =>
    totals.providers.map((row) => [{ provider: row.provider }, value(row)])
  return [
    family(
      'files',
      'gauge',
      'Videos by state',
      states.map(({ state, files }) => [{ state }, files]),
    ),
    family(
      'attempts_total',
      'counter',
      'Calls to a provider by outcome',
      totals.outcomes.map(({ provider, outcome, attempts }) => [{ provider, outcome }, attempts]),
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
      per((row) => row.seconds),
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
      per((row) => row.spentUsd),
    ),
    family('saved_usd_total', 'counter', 'Dollars saved beside the dearest provider', [
      [{}, totals.savedUsd],
    ]),
  ].join('')
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
