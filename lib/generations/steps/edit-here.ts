import { setTimeout as sleep } from 'node:timers/promises'
import type { EditOrder } from '#lib/contract/generation'
import { message } from '#lib/messages/message'
import { ProviderError } from '../../ai/providers/provider-error.ts'
import type { Json, ProviderInput } from '../../ai/providers/provider.ts'
import { requestOf } from './request.ts'
import type { StepWork } from './step.ts'

/** What an edit within a step came to. */
export interface Edited {
  path: string
  /** Deletes what it left on this machine. */
  release(): Promise<void>
}

const lookMs = 200

/**
 * Has the studio's own provider of edits make something within a step. The same name goes on with what a process before
 * has begun. Throws `ProviderError` where it cannot be made.
 */
export async function editHere(
  { row, deps, signal }: StepWork,
  name: string,
  edit: EditOrder,
  inputs: readonly ProviderInput[],
): Promise<Edited> {
  const edits = deps.providers.get('edits')
  if (!edits) throw noEditor()
  const { fetch, now } = deps
  const context = { fetch, now, signal, webhookUrl: null, inputs: async () => inputs }
  const request = { ...requestOf(row), kind: 'edit', edit, inputs } as const
  const started = await edits.submit(await edits.prepare(request, context), name, context)
  const operation: Json = 'operation' in started ? started.operation : null
  const release = async () => edits.releaseProviderFiles?.(operation)
  while (true) {
    const result = await edits.check(operation, context)
    if (result.status === 'completed' && result.output.kind === 'path')
      return { path: result.output.path, release }
    if (result.status !== 'pending') {
      // The next try begins with nothing of this one.
      await release()
      throw result.status === 'failed' ? result.error : noEditor()
    }
    await sleep(lookMs, undefined, { signal })
  }
}

function noEditor() {
  return new ProviderError('provider_unavailable', {
    submitOutcome: 'no_job',
    retryable: true,
    userMessage: message('edits.notStarted'),
    logMessage: 'edits: no provider of edits',
  })
}
