import { z } from 'zod'
import { ProviderError } from '../provider-error.ts'
import type { ProviderContext, ProviderHealth } from '../provider.ts'
import type { KieAccount } from './kie-envelope.ts'
import { requestKie } from './request-kie.ts'

/** Whether Kie takes our key, and the credits that are left on the account. */
export async function checkKieHealth(
  account: KieAccount,
  context: ProviderContext,
): Promise<ProviderHealth> {
  try {
    const url = `${account.baseUrl}/api/v1/chat/credit`
    const left = await requestKie(z.number(), url, {}, account, context)
    const credits = { left, unit: 'credits' }
    if (left > 0) return { state: 'ok', credits }
    return { state: 'degraded', message: 'The account at Kie.ai has no credits left.', credits }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    const isKeyRefused = error.code === 'auth'
    return {
      state: 'down',
      message: isKeyRefused ? 'Kie.ai refuses our key. Check the API key.' : error.userMessage,
    }
  }
}
