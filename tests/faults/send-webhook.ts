import { setTimeout as sleep } from 'node:timers/promises'
import { findGeneration } from '#lib/generations/queries'
import { receiveWebhook } from '#lib/generations/webhooks/webhooks'
import type { BookedJob } from './market.ts'
import type { Stage } from './stage.ts'

const followMs = 500

/**
 * Sends the webhook of a job, or one that pretends to be it, and notes down whether it was believed: by itself it
 * must change nothing. Waits for the look that it sets off at a failed video.
 */
export async function sendWebhook(
  stage: Stage,
  job: BookedJob,
  { says = 'done', signature = 'good', idempotencyKey = job.idempotencyKey } = {},
) {
  const { id, deps, market, notified, believed } = stage
  const body = new TextEncoder().encode(JSON.stringify({ providerJobId: job.idempotencyKey, says }))
  const headers = new Headers({ signature })
  const webhook = { provider: job.provider, headers, body, idempotencyKey }
  const before = await findGeneration(id)
  const looksBefore = market.looks
  await stage.untilDead(async () => {
    const answer = await receiveWebhook(webhook, stage.hurried)
    notified.add(job.idempotencyKey)
    job.wasNamed = true
    const isLookedAt =
      before?.state === 'failed' && before.attemptKey === idempotencyKey && before.operation
    const isOverdue = before && before.dueAt <= deps.now()
    if (!isLookedAt || (answer === 'repeated' && !isOverdue)) return
    for (let waits = 0; waits < followMs; waits++) {
      if (market.looks > looksBefore && !(await findGeneration(id))?.leaseId) return
      await sleep(1)
    }
  })
  const after = await findGeneration(id)
  if (before?.state !== 'failed' && before?.version !== after?.version)
    believed.push(`${before?.state} became ${after?.state}`)
}
