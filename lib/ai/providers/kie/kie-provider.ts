import { isLoopback } from '../is-loopback.ts'
import { ProviderError } from '../provider-error.ts'
import type { CheckResult, Json, Provider, ProviderContext } from '../provider.ts'
import { checkAleph, submitAleph } from './kie-aleph.ts'
import type { KieAccount } from './kie-envelope.ts'
import { kieLabel } from './kie-error.ts'
import { checkKieHealth } from './kie-health.ts'
import { checkJob, submitJob } from './kie-jobs.ts'
import { apiOf, kieOperationOf, readKieOperation } from './kie-operation.ts'
import { checkVeo, submitVeo } from './kie-veo.ts'
import { readKieWebhook } from './kie-webhook.ts'

export interface KieProviderOptions extends KieAccount {
  /** Switched on at kie.ai/settings. Without it callbacks are taken unsigned, as the mere hints they are. */
  webhookHmacKey?: string
}

const submits = { veo: submitVeo, jobs: submitJob, aleph: submitAleph }

/**
 * Makes videos at Kie.ai: Veo, Runway Aleph, and every model of its jobs API by its slug. Kie knows no idempotency
 * key, no list of jobs and no cancel, so of a submit whose answer is lost only a callback or its console can tell.
 */
export function createKieProvider(options: KieProviderOptions): Provider {
  const check = (operation: Json, context: ProviderContext) => look(operation, options, context)

  return {
    id: 'kie',
    label: kieLabel,
    consoleUrl: 'https://kie.ai/logs',
    isOnThisMachine: isLoopback(options.baseUrl),

    async start(request, context) {
      context.onStage?.('preparing')
      const taskId = await submits[apiOf(request.model)](request, options, context)
      return { operation: kieOperationOf(taskId, request), reference: taskId }
    },

    check,

    async adopt(reference, request, context) {
      const operation = kieOperationOf(reference, request)
      try {
        await check(operation, context)
        return { operation }
      } catch (error) {
        if (error instanceof ProviderError && error.code === 'not_found_or_expired') return null
        throw error
      }
    },

    readWebhook: (delivery) => readKieWebhook(delivery, options.webhookHmacKey),

    health: (context) => checkKieHealth(options, context),
  }
}

async function look(
  stored: Json,
  account: KieAccount,
  context: ProviderContext,
): Promise<CheckResult> {
  const operation = readKieOperation(stored)
  if (operation.api === 'veo') return checkVeo(operation, account, context)
  const checkTask = operation.api === 'jobs' ? checkJob : checkAleph
  return checkTask(operation.taskId, account, context)
}
