import type { EmulatedJob, Emulator } from '../emulator.ts'

export type KieApi = 'veo' | 'jobs' | 'aleph'

/** What a job is like when it is looked at. A failed one is billed nothing from then on. */
export function stateOf(emulator: Emulator, job: EmulatedJob): 'pending' | 'done' | 'failed' {
  if (!emulator.isDone(job)) return 'pending'
  if (failureOf(emulator, job)) {
    job.billedUsd = 0
    return 'failed'
  }
  const { details, prompt } = job
  if (details.wasDone && !details.wasUndone && emulator.strikes('undone', prompt)) {
    details.wasUndone = true
    return 'pending'
  }
  details.wasDone = true
  return 'done'
}

function failureOf(emulator: Emulator, { prompt }: EmulatedJob) {
  if (emulator.valueOf('safety', prompt, 0) !== undefined)
    return {
      code: 400,
      message: 'Your prompt was flagged by Website as violating content policies',
    }
  const code = emulator.valueOf('fail', prompt, 501)
  return code === undefined ? undefined : { code, message: 'Failed - Video generation task failed' }
}

/** The job's links in the form the prompt orders. */
function linksOf(emulator: Emulator, job: EmulatedJob): string[] | string | null {
  if (emulator.strikes('no-video', job.prompt)) return null
  const link = emulator.linkOf(job)
  return emulator.strikes('list-as-string', job.prompt) ? `[${link}]` : [link]
}

/** The `data` of the status endpoint that a job's API has. */
export function recordOf(emulator: Emulator, job: EmulatedJob): Record<string, unknown> {
  const records = { veo: veoRecord, jobs: jobRecord, aleph: alephRecord }
  return records[job.details.api as KieApi](emulator, job)
}

function veoRecord(emulator: Emulator, job: EmulatedJob) {
  const state = stateOf(emulator, job)
  const failure = state === 'failed' ? failureOf(emulator, job) : undefined
  return {
    taskId: job.reference,
    paramJson: JSON.stringify(job.details.body),
    successFlag: failure ? (failure.code === 400 ? 3 : 2) : state === 'done' ? 1 : 0,
    response: state === 'done' ? veoResponse(emulator, job) : null,
    errorCode: failure?.code ?? null,
    errorMessage: failure?.message ?? '',
    createTime: '2026-06-06 10:25:00',
    completeTime: state === 'pending' ? null : '2026-06-06 10:30:00',
    fallbackFlag: false,
    ...(state !== 'pending' && { creditsConsumed: creditsOf(job) }),
  }
}

function veoResponse(emulator: Emulator, job: EmulatedJob) {
  const { aspect_ratio } = job.details.body as { aspect_ratio?: string }
  const resultUrls = linksOf(emulator, job)
  const hasOrigin = resultUrls !== null && aspect_ratio !== '16:9'
  return {
    taskId: job.reference,
    resultUrls,
    originUrls: hasOrigin ? [`${emulator.linkOf(job)}?origin`] : null,
    fullResultUrls: emulator.strikes('whole', job.prompt) ? [`${emulator.linkOf(job)}?whole`] : [],
    resolution: '720p',
  }
}

function jobRecord(emulator: Emulator, job: EmulatedJob) {
  const state = stateOf(emulator, job)
  const failure = state === 'failed' ? failureOf(emulator, job) : undefined
  const looks = Number(job.details.looks ?? 0)
  job.details.looks = looks + 1
  const pendingState = ['waiting', 'queuing', 'generating'][looks] ?? 'generating'
  const result = { resultUrls: state === 'done' ? linksOf(emulator, job) : [] }
  return {
    taskId: job.reference,
    model: job.model,
    state: { pending: pendingState, done: 'success', failed: 'fail' }[state],
    param: JSON.stringify(job.details.body),
    resultJson: state === 'done' ? JSON.stringify(result) : null,
    failCode: failure ? String(failure.code) : '',
    failMsg: failure?.message ?? '',
    costTime: state === 'pending' ? 0 : Date.now() - job.createdAt,
    createTime: job.createdAt,
    updateTime: Date.now(),
    completeTime: state === 'pending' ? 0 : Date.now(),
    ...(job.model.startsWith('sora-2') && { progress: state === 'pending' ? 40 : 100 }),
    ...(state !== 'pending' && { creditsConsumed: creditsOf(job) }),
  }
}

function alephRecord(emulator: Emulator, job: EmulatedJob) {
  const state = stateOf(emulator, job)
  const failure = state === 'failed' ? failureOf(emulator, job) : undefined
  return {
    taskId: job.reference,
    paramJson: JSON.stringify(job.details.body),
    response: state === 'done' ? alephResponse(emulator, job) : null,
    createTime: job.createdAt,
    completeTime: state === 'pending' ? null : Date.now(),
    successFlag: state === 'done' ? 1 : 0,
    errorCode: failure?.code ?? null,
    errorMessage: failure?.message ?? null,
  }
}

function alephResponse(emulator: Emulator, job: EmulatedJob) {
  const [resultVideoUrl] = [linksOf(emulator, job)].flat()
  return { taskId: job.reference, resultVideoUrl, resultImageUrl: null }
}

/** What a job cost, at half a cent a credit. */
export function creditsOf(job: EmulatedJob) {
  return Math.round(job.billedUsd * 1_000_000) / 5_000
}
