import type { Json, Provider } from '../../ai/providers/provider.ts'
import { wakeGeneration } from '../../jobs/queue.ts'
import { log } from '../../log.ts'
import { processWide } from '../../process-wide.ts'
import type { GenerationRow } from '../row.ts'
import { applyEvent } from '../store.ts'
import type { GenerationDeps } from './deps.ts'

/**
 * Listens to a provider's own event stream of a job, where it has one: progress is shown as it comes, news make us
 * ask sooner. One listener a job in this process; a stream that breaks is opened again at the next look.
 */
export function watchJob(row: GenerationRow, provider: Provider, deps: GenerationDeps) {
  const watched = processWide('watched jobs', () => new Set<string>())
  if (!provider.watch || row.state !== 'waiting' || watched.has(row.id)) return
  watched.add(row.id)
  follow(row, provider, deps)
    .catch((error: unknown) => log().info({ err: error, fileId: row.id }, 'a stream broke off'))
    .finally(() => watched.delete(row.id))
}

async function follow(row: GenerationRow, provider: Provider, deps: GenerationDeps) {
  const idempotencyKey = row.attemptKey!
  const { fetch, now, signal } = deps
  const apply = (event: Parameters<typeof applyEvent>[1]) =>
    applyEvent(row.id, event, deps.databaseClock)
  let shown = Math.floor(row.progress ?? 0)
  const context = { fetch, now, signal, webhookUrl: null }
  for await (const { progress, isNews } of provider.watch!(row.operation as Json, context)) {
    if (isNews && (await apply({ type: 'woken', idempotencyKey })))
      await wakeGeneration({ id: row.id })
    if (progress === undefined || Math.floor(progress) <= shown) continue
    shown = Math.floor(progress)
    if (!(await apply({ type: 'progress_reported', idempotencyKey, progress }))) return
  }
}
