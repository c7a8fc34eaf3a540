import type { z } from 'zod'
import type { ProviderContext } from '../provider.ts'
import type { KieAccount } from './kie-envelope.ts'
import { requestKie } from './request-kie.ts'

/** The record of a task, kept by Kie for 14 days. */
export function readTask<T>(
  schema: z.ZodType<T>,
  path: string,
  taskId: string,
  account: KieAccount,
  context: ProviderContext,
): Promise<T> {
  const url = `${account.baseUrl}${path}?taskId=${encodeURIComponent(taskId)}`
  return requestKie(schema, url, {}, account, context)
}
