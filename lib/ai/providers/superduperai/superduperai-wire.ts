import type { z } from 'zod'
import { type HttpCall, requestJson } from '../http-call.ts'
import { notUnderstood } from '../failures.ts'
import type { ProviderContext } from '../provider.ts'
import { type CallPurpose, refusalOf, superDuperAiLabel } from './superduperai-error.ts'

/** The account at SuperDuperAI, and where its API is. */
export interface SuperDuperAiAccount {
  token: string
  /** Without a slash at the end. */
  baseUrl: string
}

/** One call of the API, `path` below `/api/v1`. Throws `ProviderError` for all but a 2xx with an answer of the schema. */
export async function requestSuperDuperAi<T>(
  schema: z.ZodType<T>,
  path: string,
  { purpose, ...call }: Omit<HttpCall, 'headers' | 'isSubmit'> & { purpose: CallPurpose },
  account: SuperDuperAiAccount,
  context: ProviderContext,
): Promise<T> {
  const isSubmit = purpose === 'submit'
  const answer = await requestJson(
    superDuperAiLabel,
    `${account.baseUrl}/api/v1${path}`,
    { ...call, headers: authorizationOf(account), isSubmit },
    context,
  )
  if (answer.status < 200 || answer.status > 299) throw refusalOf(answer, purpose)
  const parsed = schema.safeParse(answer.body)
  if (!parsed.success) throw notUnderstood(superDuperAiLabel, answer.excerpt, isSubmit)
  return parsed.data
}

/** The header that carries the token. */
export function authorizationOf({ token }: SuperDuperAiAccount) {
  return { authorization: `Bearer ${token}` }
}
