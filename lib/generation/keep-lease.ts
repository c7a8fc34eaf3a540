import { absentProvider } from '../ai/providers/absent-provider.ts'
import { type Lease, leaseMs, renewLease } from '../files/lease.ts'
import { log } from '../log.ts'
import { callbackUrl } from './callback-url.ts'
import type { GenerationDeps } from './deps.ts'
import type { StepWork } from './steps/step.ts'

const stepTimeoutMs = 120_000
// Large videos over slow lines; a download that stands still is ended by its own limits.
const storeTimeoutMs = 20 * 60_000

/** Renews the lease while a step runs, and aborts the step when the lease is lost, its time is up or we end. */
export function keepLease(lease: Lease, deps: GenerationDeps): { work: StepWork; stop(): void } {
  const { row, leaseId } = lease
  const lost = new AbortController()
  const timer = setInterval(() => {
    renewLease(lease, deps.now()).then(
      (isOurs) => isOurs || lost.abort(new Error('the lease was lost')),
      (error: unknown) => log().warn({ err: error, fileId: row.id }, 'the lease was not renewed'),
    )
  }, leaseMs / 3)
  timer.unref()
  const timeoutMs = row.state === 'storing' ? storeTimeoutMs : stepTimeoutMs
  const signal = AbortSignal.any([lost.signal, deps.signal, AbortSignal.timeout(timeoutMs)])
  const provider = deps.providers.get(row.provider) ?? absentProvider(row.provider)
  const contextFor = (token: string, callSignal = signal) => ({
    fetch: deps.fetch,
    now: deps.now,
    signal: callSignal,
    callbackUrl: callbackUrl(provider, deps.publicUrl, token),
    token,
  })
  const work = { row, leaseId, provider, deps, signal, contextFor }
  return { work, stop: () => clearInterval(timer) }
}
