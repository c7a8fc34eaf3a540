import { superDuperAiModels } from '../../models/superduperai-models.ts'
import { ProviderError } from '../provider-error.ts'
import type { ProviderContext, ProviderHealth } from '../provider.ts'
import type { SuperDuperAiAccount } from './request-superduperai.ts'
import { listSuperDuperAiModels } from './superduperai-models.ts'

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
    const names = gone.map(({ label, model }) => `${label} (${model})`).join(', ')
    return { state: 'degraded', message: `SuperDuperAI does not offer ${names} any more.` }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    const isTokenRefused = error.code === 'auth'
    return {
      state: 'down',
      message: isTokenRefused
        ? 'SuperDuperAI refuses our token. Check SUPERDUPERAI_TOKEN.'
        : error.userMessage,
    }
  }
}
