import { absentProvider } from '../../ai/providers/absent-provider.ts'
import type { ProviderContext } from '../../ai/providers/provider.ts'
import { newId } from '../../ids.ts'
import { log } from '../../log.ts'
import type { GenerationRow } from '../row.ts'
import { inputsOf } from '../steps/request.ts'
import type { StepWork } from '../steps/step.ts'
import { applyEvent } from '../store.ts'
import { webhookUrl } from '../webhooks/webhook-url.ts'
import type { GenerationDeps } from './deps.ts'

/** A generation that this process takes a step of. */
export interface Lease {
  row: GenerationRow
  leaseId: string
}

/**
 * Takes a generation for one step, from any process; undefined where another step is under way, nothing is left to
 * do, or (unless forced) its time has not come.
 */
export async function claim(
  generationId: string,
  deps: GenerationDeps,
  force: boolean,
): Promise<Lease | undefined> {
  const leaseId = newId('lease')
  const event = { type: 'claimed', leaseId, leaseMs: deps.pace.leaseMs, force } as const
  const row = await applyEvent(generationId, event, deps.databaseClock)
  return row && { row, leaseId }
}

const stepTimeoutMs = 120_000
// Large videos over slow lines; a download that stalls is ended by its own limits.
const storeTimeoutMs = 20 * 60_000

/** Renews the lease while a step runs, and aborts the step when the lease is lost, its time is up or we end. */
export function keepLease(lease: Lease, deps: GenerationDeps): { work: StepWork; stop(): void } {
  const { row, leaseId } = lease
  const { leaseMs } = deps.pace
  const lost = new AbortController()
  const renew = () =>
    applyEvent(row.id, { type: 'lease_renewed', leaseId, leaseMs }, deps.databaseClock)
  const timer = setInterval(() => {
    renew().then(
      (renewed) => renewed ?? lost.abort(new Error('the lease was lost')),
      (error: unknown) => log().warn({ err: error, fileId: row.id }, 'the lease was not renewed'),
    )
  }, leaseMs / 3)
  timer.unref()
  const timeoutMs = row.state === 'storing' ? storeTimeoutMs : stepTimeoutMs
  const signal = AbortSignal.any([lost.signal, deps.signal, AbortSignal.timeout(timeoutMs)])
  const provider = deps.providers.get(row.provider) ?? absentProvider(row.provider)
  const contextFor = (key: string, callSignal = signal): ProviderContext => ({
    fetch: deps.fetch,
    now: deps.now,
    signal: callSignal,
    webhookUrl: webhookUrl(provider, deps.publicUrl, key),
    inputs: () => inputsOf(row, deps.storage),
  })
  const work = { row, leaseId, provider, deps, signal, contextFor }
  return { work, stop: () => clearInterval(timer) }
}
