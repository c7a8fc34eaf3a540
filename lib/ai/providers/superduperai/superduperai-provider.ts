import { z } from 'zod'
import { isLoopback } from '../http-call.ts'
import type { Json, Provider } from '../provider.ts'
import { readOperation, readPrepared, unlessUnknown } from '../stored-json.ts'
import { superDuperAiLabel as label } from './superduperai-error.ts'
import { checkFile, prepareFile, preparedSchema, submitFile } from './superduperai-file.ts'
import { checkSuperDuperAiHealth } from './superduperai-models.ts'
import { type SuperDuperAiAccount, authorizationOf } from './superduperai-wire.ts'
import { watchFile } from './watch-file.ts'

/** A job is the file it fills; nothing but its id is needed to look at it. */
const operationSchema = z.object({ fileId: z.string().min(1) })

/**
 * Makes videos and images at SuperDuperAI, each model by the name its list gives it. There is no idempotency key, no search, no
 * webhook and no cancel: of a submit whose answer is lost only its own editor can tell.
 */
export function createSuperDuperAiProvider(account: SuperDuperAiAccount): Provider {
  const fileIdOf = (operation: Json) => readOperation(label, operationSchema, operation).fileId

  return {
    id: 'superduperai',
    label,
    consoleUrl: account.baseUrl,
    isOnThisMachine: isLoopback(account.baseUrl),

    prepare: (request, context) => prepareFile(request, account, context),

    async submit(prepared, _idempotencyKey, context) {
      const body = readPrepared(label, preparedSchema, prepared)
      const fileId = await submitFile(body, account, context)
      return { operation: { fileId }, providerJobId: fileId }
    },

    async check(operation, context) {
      return checkFile(fileIdOf(operation), account, context)
    },

    adopt(providerJobId, _request, context) {
      const operation = { fileId: providerJobId }
      return unlessUnknown(checkFile(providerJobId, account, context).then(() => ({ operation })))
    },

    headersFor: (url): Record<string, string> =>
      url.origin === new URL(account.baseUrl).origin ? authorizationOf(account) : {},

    watch: (operation, context) => watchFile(fileIdOf(operation), account, context),

    health: (context) => checkSuperDuperAiHealth(account, context),
  }
}
