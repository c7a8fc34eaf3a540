import { z } from 'zod'
import type { Json, ProviderContext } from '../provider.ts'
import type { KieAccount } from './kie-envelope.ts'
import { requestKie } from './request-kie.ts'

const taskSchema = z.object({ taskId: z.string().min(1) })

/** Makes a paid task and answers its id. The callback is asked for only where we can be reached. */
export async function submitTask(
  path: string,
  body: Record<string, Json>,
  account: KieAccount,
  context: ProviderContext,
): Promise<string> {
  const callback = context.callbackUrl !== null && { callBackUrl: context.callbackUrl }
  const call = { method: 'POST', json: { ...body, ...callback }, isSubmit: true } as const
  const task = await requestKie(taskSchema, account.baseUrl + path, call, account, context)
  return task.taskId
}
