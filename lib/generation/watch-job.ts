import type { Json, Provider } from '../ai/providers/provider.ts'
import { changeFile } from '../files/change-file.ts'
import type { FileRow } from '../files/file-row.ts'
import { touchFile } from '../files/touch-file.ts'
import { wakeFile } from '../jobs/queue.ts'
import { log } from '../log.ts'
import { processWide } from '../process-wide.ts'
import type { GenerationDeps } from './deps.ts'

/**
 * Listens to a provider's own event stream of a job, where it has one: progress is shown as it comes, news make us
 * ask sooner. One listener a job in this process; a stream that breaks is opened again at the next look.
 */
export function watchJob(row: FileRow, provider: Provider, deps: GenerationDeps) {
  const watched = processWide('watched jobs', () => new Set<string>())
  if (!provider.watch || row.state !== 'waiting' || watched.has(row.id)) return
  watched.add(row.id)
  follow(row, provider, deps)
    .catch((error: unknown) => log().info({ err: error, fileId: row.id }, 'a stream broke off'))
    .finally(() => watched.delete(row.id))
}

async function follow(row: FileRow, provider: Provider, deps: GenerationDeps) {
  const token = row.token!
  const context = {
    fetch: deps.fetch,
    now: deps.now,
    signal: deps.signal,
    callbackUrl: null,
    token,
  }
  let shown = Math.floor(row.progress ?? 0)
  for await (const { progress, isNews } of provider.watch!(row.operation as Json, context)) {
    if (isNews && (await touchFile(row.id, token, deps.now()))) await wakeFile(row.id)
    if (progress === undefined || Math.floor(progress) <= shown) continue
    shown = Math.floor(progress)
    const changed = await changeFile(row.id, { progress }, { from: ['waiting'], token })
    if (!changed) return
  }
}
