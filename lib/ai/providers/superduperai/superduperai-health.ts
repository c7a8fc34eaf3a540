import { ProviderError } from '../provider-error.ts'
import type { ProviderContext, ProviderHealth } from '../provider.ts'
import type { SuperDuperAiAccount } from './request-superduperai.ts'
import { readModelPage } from './superduperai-models.ts'

/** Whether SuperDuperAI answers and takes our token. What is left on the account it does not tell. */
export async function checkSuperDuperAiHealth(
  account: SuperDuperAiAccount,
  context: ProviderContext,
): Promise<ProviderHealth> {
  try {
    await readModelPage(new URLSearchParams({ limit: '1', offset: '0' }), account, context)
    return { state: 'ok' }
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
