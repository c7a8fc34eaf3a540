import { message } from '#lib/messages/message'
import { allSizes, imageRatios } from '#lib/contract/model-view'
import { z } from 'zod'
import { isLoopback } from '../http-call.ts'
import { ProviderError } from '../provider-error.ts'
import type {
  CheckResult,
  Json,
  Prepared,
  Provider,
  ProviderContext,
  ProviderHealth,
  ProviderRequest,
} from '../provider.ts'
import { readOperation, readPrepared, unlessUnknown } from '../stored-json.ts'
import { alephBody, alephPath, checkAleph } from './kie-aleph.ts'
import { kieLabel } from './kie-error.ts'
import { makesImages } from './kie-job-models.ts'
import { checkJob, jobBody, jobOperationSchema, jobsPath } from './kie-jobs.ts'
import { checkVeo, veoBody, veoOperationSchema, veoPath } from './kie-veo.ts'
import {
  checkUpscale,
  extendBody,
  extendPath,
  isExtension,
  submitUpscale,
  upscaleOf,
  upscaleSchema,
} from './kie-veo-work.ts'
import { readKieWebhook } from './kie-webhook.ts'
import { type KieAccount, requestKie, wireId, wireNumber } from './kie-wire.ts'

export interface KieProviderOptions extends KieAccount {
  /** Switched on at kie.ai/settings. Without it webhooks are taken unsigned, as the mere hints they are. */
  webhookHmacKey?: string
}

/**
 * Makes videos and images at Kie.ai: Veo, Runway Aleph, and every model of its jobs API by its slug. Kie knows no idempotency
 * key, no list of jobs and no cancel, so of a submit whose answer is lost only a webhook or its console can tell.
 */
export function createKieProvider(options: KieProviderOptions): Provider {
  const check = (operation: Json, context: ProviderContext) => look(operation, options, context)

  return {
    id: 'kie',
    label: kieLabel,
    consoleUrl: 'https://kie.ai/logs',
    isOnThisMachine: isLoopback(options.baseUrl),

    async prepare(request, context): Promise<Prepared> {
      const { model, resolution, aspectRatio } = request
      const upscale = upscaleOf(request)
      if (upscale) return { upscale }
      const { path, bodyOf } = apis[apiOf(model)]
      const body = await bodyOf(request, options, context)
      return { path, body, job: { model, resolution, aspectRatio } }
    },

    async submit(prepared, _idempotencyKey, context) {
      const ready = readPrepared(kieLabel, preparedSchema, prepared)
      if ('upscale' in ready) return submitUpscale(ready.upscale, options, context)
      const { path, body, job } = ready
      const callBack = context.webhookUrl !== null && { callBackUrl: context.webhookUrl }
      const call = { method: 'POST', json: { ...body, ...callBack }, isSubmit: true } as const
      const url = options.baseUrl + path
      const { taskId } = await requestKie(taskSchema, url, call, options, context)
      return { operation: operationOf(taskId, job), providerJobId: taskId }
    },

    check,

    adopt(providerJobId, request, context) {
      const operation = upscaleOf(request) ?? operationOf(providerJobId, request)
      return unlessUnknown(check(operation, context).then(() => ({ operation })))
    },

    readWebhook: (delivery) => readKieWebhook(delivery, options.webhookHmacKey),

    health: (context) => checkHealth(options, context),
  }
}

const apis = {
  veo: { path: veoPath, bodyOf: veoBody },
  extend: { path: extendPath, bodyOf: extendBody },
  jobs: { path: jobsPath, bodyOf: jobBody },
  aleph: { path: alephPath, bodyOf: alephBody },
}

const veoModels = new Set(['veo3', 'veo3_fast', 'veo3_lite'])

/** Which of Kie's APIs makes a model: Veo and Aleph have their own, all others share the jobs API. */
function apiOf(model: string): keyof typeof apis {
  if (veoModels.has(model)) return 'veo'
  if (isExtension(model)) return 'extend'
  return model === 'runway-aleph' ? 'aleph' : 'jobs'
}

const preparedSchema = z.union([
  z.object({ upscale: upscaleSchema }),
  z.object({
    path: z.enum([veoPath, extendPath, jobsPath, alephPath]),
    body: z.record(z.string(), z.json()),
    job: z.object({
      model: z.string(),
      resolution: z.enum(allSizes),
      aspectRatio: z.enum(imageRatios),
    }),
  }),
])

const taskId = z.string().min(1)
const taskSchema = z.object({ taskId: wireId })

const operationSchema = z.discriminatedUnion('api', [
  veoOperationSchema,
  jobOperationSchema,
  upscaleSchema,
  z.object({ api: z.literal('aleph'), taskId }),
])

/** What a task is looked at with. */
function operationOf(
  taskId: string,
  job: Pick<ProviderRequest, 'model' | 'resolution'> &
    Partial<Pick<ProviderRequest, 'aspectRatio'>>,
): z.infer<typeof operationSchema> {
  const api = apiOf(job.model)
  if (api === 'aleph') return { api, taskId }
  if (api === 'jobs') return { api, taskId, ...(makesImages(job.model) && { makes: 'image' }) }
  const { resolution, aspectRatio = null } = job
  const video = { api: 'veo', taskId, aspectRatio, completedAt: null } as const
  if (api === 'extend') return { ...video, resolution: '720p', isExtension: true }
  return { ...video, resolution }
}

async function look(
  stored: Json,
  account: KieAccount,
  context: ProviderContext,
): Promise<CheckResult> {
  const operation = readOperation(kieLabel, operationSchema, stored)
  if (operation.api === 'veo') return checkVeo(operation, account, context)
  if (operation.api === 'veo-upscale') return checkUpscale(operation, account, context)
  if (operation.api === 'jobs') return checkJob(operation, account, context)
  return checkAleph(operation.taskId, account, context)
}

/** Whether Kie takes our key, and the credits that are left on the account. */
async function checkHealth(account: KieAccount, context: ProviderContext): Promise<ProviderHealth> {
  try {
    const url = `${account.baseUrl}/api/v1/chat/credit`
    const left = await requestKie(wireNumber, url, {}, account, context)
    const credits = { left, unit: 'credits' }
    if (left > 0) return { state: 'ok', credits }
    return {
      state: 'degraded',
      message: message('provider.healthNoCredits', { provider: kieLabel }),
      credits,
    }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    const isKeyRefused = error.code === 'auth'
    return {
      state: 'down',
      message: isKeyRefused
        ? message('provider.healthKeyRefused', { provider: kieLabel, variable: 'KIE_API_KEY' })
        : error.userMessage,
    }
  }
}
