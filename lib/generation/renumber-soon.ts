import { refreshQueuePlaces } from '../files/queue-places.ts'
import { log } from '../log.ts'
import { processWide } from '../process-wide.ts'

const delayMs = 500

/** Numbers a provider's queue anew in half a second; calls until then are one, or a busy queue would do little else. */
export function renumberSoon(provider: string) {
  const pending = processWide('renumbering', () => new Set<string>())
  if (pending.has(provider)) return
  pending.add(provider)
  setTimeout(() => {
    pending.delete(provider)
    refreshQueuePlaces(provider).catch((error: unknown) =>
      log().warn({ err: error, provider }, 'the queue was not renumbered'),
    )
  }, delayMs).unref()
}
