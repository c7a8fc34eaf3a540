import { ProviderError } from '../provider-error.ts'
import type { Provider } from '../provider.ts'
import { isLoopback } from '../is-loopback.ts'
import { checkFile } from './check-file.ts'
import { type SuperDuperAiAccount, authorizationOf } from './request-superduperai.ts'
import { submitVideo } from './submit-video.ts'
import { superDuperAiLabel } from './superduperai-error.ts'
import { checkSuperDuperAiHealth } from './superduperai-health.ts'
import { readSuperDuperAiOperation } from './superduperai-operation.ts'
import { watchFile } from './watch-file.ts'

/**
 * Makes videos at SuperDuperAI, each model by the name its list gives it. There is no idempotency key, no search, no
 * callback and no cancel: of a submit whose answer is lost only its own editor can tell.
 */
export function createSuperDuperAiProvider(account: SuperDuperAiAccount): Provider {
  return {
    id: 'superduperai',
    label: superDuperAiLabel,
    consoleUrl: account.baseUrl,
    isOnThisMachine: isLoopback(account.baseUrl),

    async start(request, context) {
      context.onStage?.('preparing')
      const fileId = await submitVideo(request, account, context)
      return { operation: { fileId }, reference: fileId }
    },

    async check(operation, context) {
      return checkFile(readSuperDuperAiOperation(operation).fileId, account, context)
    },

    async adopt(reference, _request, context) {
      try {
        await checkFile(reference, account, context)
        return { operation: { fileId: reference } }
      } catch (error) {
        if (error instanceof ProviderError && error.code === 'not_found_or_expired') return null
        throw error
      }
    },

    headersFor: (url): Record<string, string> =>
      url.origin === new URL(account.baseUrl).origin ? authorizationOf(account) : {},

    watch: (operation, context) =>
      watchFile(readSuperDuperAiOperation(operation).fileId, account, context),

    health: (context) => checkSuperDuperAiHealth(account, context),
  }
}
