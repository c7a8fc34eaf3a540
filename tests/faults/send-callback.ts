import { setTimeout as sleep } from 'node:timers/promises'
import { findGeneration } from '#lib/generations/queries'
import { receiveWebhook } from '#lib/generations/webhooks'
import type { BookedJob } from './market.ts'
import type { Stage } from './stage.ts'

const followMs = 500

/**
 * Sends the callback of a job, or one that pretends to be it, and notes down whether it was believed: by itself it
 * must change nothing. Waits for the look that it sets off at a failed video.
 */
export async function sendCallback(
  stage: Stage,
  job: BookedJob,
  { says = 'done', signature = 'good', token = job.token } = {},
) {
  const { id, market, knocked, believed } = stage
  const body = new TextEncoder().encode(JSON.stringify({ reference: job.token, says }))
  const callback = { provider: job.provider, headers: new Headers({ signature }), body, token }
  const before = await findGeneration(id)
  const looksBefore = market.looks
  await stage.untilDead(async () => {
    const answer = await receiveWebhook(callback, stage.hurried)
    knocked.add(job.token)
    job.wasNamed = true
    const isLookedAt = before?.state === 'failed' && before.token === token && before.operation
    if (answer === 'repeated' || !isLookedAt) return
    for (let waits = 0; waits < followMs; waits++) {
      if (market.looks > looksBefore && !(await findGeneration(id))?.leaseId) return
      await sleep(1)
    }
  })
  const after = await findGeneration(id)
  if (before?.state !== 'failed' && before?.version !== after?.version)
    believed.push(`${before?.state} became ${after?.state}`)
}
