import { superDuperAiLabel } from './superduperai-error.ts'
import { message } from '#lib/messages/message'
import { z } from 'zod'
import { superDuperAiModels } from '../../models/superduperai-models.ts'
import { ProviderError } from '../provider-error.ts'
import type { ProviderContext, ProviderHealth } from '../provider.ts'
import { type SuperDuperAiAccount, requestSuperDuperAi } from './superduperai-wire.ts'

/** A model as SuperDuperAI offers it; what it does not tell is absent. */
export interface SuperDuperAiModel {
  /** What a request names it by. */
  name: string
  pricePerSecondUsd?: number
  /** Seconds. */
  availableDurations?: number[]
  /** Whether only accounts of a higher kind may use it. */
  vipRequired?: boolean
}

// What a model says of itself is taken where it fits and left out where it does not.
const price = z.number().min(0).optional().catch(undefined)
const modelSchema = z.object({
  name: z.string().min(1),
  params: z
    .object({
      price_per_second: price,
      price,
      available_durations: z.array(z.number().positive()).optional().catch(undefined),
      vip_required: z.boolean().optional().catch(undefined),
    })
    .catch({}),
})

const pageSchema = z.object({ items: z.array(z.unknown()), total: z.number() })

const pageSize = 100

/** All models, or those of a type (`text_to_video`, `image_to_video`), from as many pages as there are. */
export async function listSuperDuperAiModels(
  type: string | null,
  account: SuperDuperAiAccount,
  context: ProviderContext,
): Promise<SuperDuperAiModel[]> {
  const items: unknown[] = []
  while (true) {
    const query = new URLSearchParams({
      ...(type !== null && { type }),
      limit: String(pageSize),
      offset: String(items.length),
    })
    const page = await readModelPage(query, account, context)
    items.push(...page.items)
    if (page.items.length === 0 || items.length >= page.total) return items.flatMap(modelOf)
  }
}

function readModelPage(
  query: URLSearchParams,
  account: SuperDuperAiAccount,
  context: ProviderContext,
) {
  const call = { purpose: 'other' } as const
  return requestSuperDuperAi(pageSchema, `/generation-config?${query}`, call, account, context)
}

function modelOf(item: unknown): SuperDuperAiModel[] {
  const model = modelSchema.safeParse(item).data
  if (!model) return []
  const { price_per_second, price, available_durations, vip_required } = model.params
  const pricePerSecondUsd = price_per_second ?? price
  return [
    {
      name: model.name,
      ...(pricePerSecondUsd !== undefined && { pricePerSecondUsd }),
      ...(available_durations && { availableDurations: available_durations }),
      ...(vip_required !== undefined && { vipRequired: vip_required }),
    },
  ]
}

const ours = superDuperAiModels.flatMap(({ label, routes }) =>
  routes.map(({ model }) => ({ label, model })),
)

/**
 * Whether SuperDuperAI answers, takes our token and still offers what we ask it for. What is left on the account it
 * does not tell.
 */
export async function checkSuperDuperAiHealth(
  account: SuperDuperAiAccount,
  context: ProviderContext,
): Promise<ProviderHealth> {
  try {
    const offered = await listSuperDuperAiModels(null, account, context)
    const gone = ours.filter(({ model }) => !offered.some(({ name }) => name === model))
    if (gone.length === 0) return { state: 'ok' }
    const models = { list: gone.map(({ label, model }) => `${label} (${model})`) }
    return {
      state: 'degraded',
      message: message('provider.modelsGone', { provider: superDuperAiLabel, models }),
    }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    const isTokenRefused = error.code === 'auth'
    return {
      state: 'down',
      message: isTokenRefused
        ? message('provider.healthKeyRefused', {
            provider: superDuperAiLabel,
            variable: 'SUPERDUPERAI_TOKEN',
          })
        : error.userMessage,
    }
  }
}
