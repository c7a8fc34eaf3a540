import { aspectRatios, resolutions } from '#lib/contract/video-format'
import { z } from 'zod'
import type { ProviderRequest } from '../provider.ts'
import { unknownOperation } from './kie-error.ts'

const taskId = z.string().min(1)

const veoOperationSchema = z.object({
  api: z.literal('veo'),
  taskId,
  resolution: z.enum(resolutions),
  /** Null where the job was adopted from a callback. */
  aspectRatio: z.enum(aspectRatios).nullable(),
  /** When its 720p version was first seen, in Unix ms; from then on we wait for the 1080p version. */
  completedAt: z.number().nullable(),
})

const operationSchema = z.discriminatedUnion('api', [
  veoOperationSchema,
  z.object({ api: z.literal('jobs'), taskId }),
  z.object({ api: z.literal('aleph'), taskId }),
])

export type KieVeoOperation = z.infer<typeof veoOperationSchema>
export type KieOperation = z.infer<typeof operationSchema>

const veoModels = new Set(['veo3', 'veo3_fast', 'veo3_lite'])

/** Which of Kie's APIs makes a model: two models have one of their own, all others share the jobs API. */
export function apiOf(model: string): KieOperation['api'] {
  if (veoModels.has(model)) return 'veo'
  return model === 'runway-aleph' ? 'aleph' : 'jobs'
}

/** What a task of this request is looked at with. */
export function kieOperationOf(
  taskId: string,
  request: Pick<ProviderRequest, 'model' | 'resolution'> &
    Partial<Pick<ProviderRequest, 'aspectRatio'>>,
): KieOperation {
  const api = apiOf(request.model)
  if (api !== 'veo') return { api, taskId }
  const { resolution, aspectRatio = null } = request
  return { api, taskId, resolution, aspectRatio, completedAt: null }
}

/** Reads back what `start` gave out. Throws `ProviderError` `not_found_or_expired` where it is something else. */
export function readKieOperation(operation: unknown): KieOperation {
  const parsed = operationSchema.safeParse(operation)
  if (!parsed.success) throw unknownOperation(parsed.error.message)
  return parsed.data
}
