import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EmulatedJob, Emulator } from '../emulator.ts'
import { type KieApi, creditsOf, stateOf } from './kie-records.ts'

/** Sends the webhook when a job is over, as the prompt orders. Ends early where the signal is aborted. */
export async function sendWebhookWhenDone(
  emulator: Emulator,
  job: EmulatedJob,
  hmacKey: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const ordered = (fault: Parameters<Emulator['valueOf']>[0], byDefault: number) =>
    emulator.valueOf(fault, job.prompt, byDefault)
  if (ordered('webhook-none', 1) ?? ordered('webhook-early', 1) ?? ordered('never', 1)) return
  const seconds = (ordered('seconds', 3) ?? 0.3) + (ordered('webhook-late', 2) ?? 0)
  await sleep(seconds * 1000 + 5, undefined, { signal, ref: false })
  while (job.isHeld) await sleep(20, undefined, { signal, ref: false })
  const times = ordered('webhook-100', 100) ?? 1
  for (let sent = 0; sent < times; sent++) await sendWebhook(emulator, job, hmacKey)
}

/** Sends one webhook about a job, in its API's shape; signed where there is a key. */
export async function sendWebhook(
  emulator: Emulator,
  job: EmulatedJob,
  hmacKey: string | undefined,
) {
  const url = job.details.callBackUrl
  if (typeof url !== 'string') return
  const isForged = emulator.valueOf('webhook-forged', job.prompt, 1) !== undefined
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = createHmac('sha256', isForged ? `not ${hmacKey}` : (hmacKey ?? ''))
    .update(`${job.reference}.${timestamp}`)
    .digest('base64')
  await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(hmacKey && { 'x-webhook-timestamp': timestamp, 'x-webhook-signature': signature }),
    },
    body: JSON.stringify(webhookOf(emulator, job)),
  }).catch(() => undefined)
}

function webhookOf(emulator: Emulator, job: EmulatedJob) {
  const isWrong = emulator.valueOf('webhook-wrong', job.prompt, 1) !== undefined
  const hasFailed = isWrong || stateOf(emulator, job) === 'failed'
  const webhooks = { veo: veoWebhook, jobs: jobWebhook, aleph: alephWebhook }
  return webhooks[job.details.api as KieApi](emulator, job, hasFailed)
}

const failed = 'Failed - Video generation task failed'

function veoWebhook(emulator: Emulator, job: EmulatedJob, hasFailed: boolean) {
  const taskId = job.reference
  if (hasFailed) return { code: 501, msg: failed, data: { taskId, fallbackFlag: false } }
  const info = { resultUrls: [emulator.linkOf(job)], resolution: '720p' }
  const promptJson = JSON.stringify(job.details.body)
  return {
    code: 200,
    msg: 'Veo3.1 video generated successfully.',
    data: { taskId, info, promptJson, fallbackFlag: false },
  }
}

function jobWebhook(emulator: Emulator, job: EmulatedJob, hasFailed: boolean) {
  const common = {
    taskId: job.reference,
    model: job.model,
    param: JSON.stringify(job.details.body),
    consumeCredits: hasFailed ? 0 : creditsOf(job),
    createTime: job.createdAt,
    completeTime: Date.now(),
  }
  if (hasFailed) {
    const data = { ...common, state: 'fail', failCode: '500', failMsg: 'Internal server error' }
    return { code: 501, msg: 'Playground task failed.', data }
  }
  const resultJson = JSON.stringify({ resultUrls: [emulator.linkOf(job)] })
  const data = { ...common, state: 'success', resultJson }
  return { code: 200, msg: 'Playground task completed successfully.', data }
}

function alephWebhook(emulator: Emulator, job: EmulatedJob, hasFailed: boolean) {
  const task_id = job.reference
  const isOfGuide = emulator.valueOf('webhook-guide', job.prompt, 1) !== undefined
  if (isOfGuide) return guideWebhook(emulator, job, hasFailed)
  if (hasFailed) return { code: 501, msg: failed, data: { task_id } }
  const data = { task_id, video_id: `${task_id}_1`, video_url: emulator.linkOf(job) }
  return { code: 200, msg: 'All generated successfully.', data }
}

/** The guide documents another body than the reference: the task stands next to the data. */
function guideWebhook(emulator: Emulator, job: EmulatedJob, hasFailed: boolean) {
  const taskId = job.reference
  if (hasFailed) return { code: 501, msg: failed, data: null, taskId }
  const data = { result_video_url: emulator.linkOf(job), result_image_url: null }
  return { code: 200, msg: 'success', data, taskId }
}
