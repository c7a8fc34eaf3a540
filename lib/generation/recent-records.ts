import type { ProviderRecord } from '#lib/contract/provider-view'
import { providerRecords } from '../files/provider-records.ts'
import { processWide } from '../process-wide.ts'

const lookedBackMs = 7 * 24 * 60 * 60 * 1000

type Records = ReadonlyMap<string, ProviderRecord>

/**
 * What each provider did here in the last seven days. A count that is not older than `keptMs` serves again, so that
 * asking often costs the database nothing.
 */
export async function recentRecords(now: Date, keptMs: number): Promise<Records> {
  const kept = processWide('provider records', () => new Map<'last', Counted>())
  const last = kept.get('last')
  if (last && now.getTime() - last.at < keptMs) return last.records
  const records = providerRecords(new Date(now.getTime() - lookedBackMs))
  kept.set('last', { at: now.getTime(), records })
  // A count that failed is none to keep.
  records.catch(() => kept.delete('last'))
  return records
}

interface Counted {
  at: number
  records: Promise<Records>
}
