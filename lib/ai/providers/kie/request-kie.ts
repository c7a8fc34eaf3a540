import type { z } from 'zod'
import type { ProviderContext } from '../provider.ts'
import type { JsonCall } from '../request-json.ts'
import { type KieAccount, requestEnvelope } from './kie-envelope.ts'
import { notUnderstood, refusalOf } from './kie-error.ts'

/** One call to Kie, answered with its data. Throws `ProviderError` for every code but 200 and for other data. */
export async function requestKie<T>(
  schema: z.ZodType<T>,
  url: string,
  call: Omit<JsonCall, 'headers'>,
  account: KieAccount,
  context: ProviderContext,
): Promise<T> {
  const isSubmit = call.isSubmit ?? false
  const { code, msg, data, retryAfterSeconds } = await requestEnvelope(url, call, account, context)
  if (code !== 200)
    throw refusalOf({ status: code, said: msg, isTheirs: true, isSubmit, retryAfterSeconds })
  const parsed = schema.safeParse(data)
  if (!parsed.success) throw notUnderstood(isSubmit, parsed.error.message)
  return parsed.data
}
