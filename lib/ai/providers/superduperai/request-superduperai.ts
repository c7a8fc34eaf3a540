import type { z } from 'zod'
import type { ProviderContext } from '../provider.ts'
import { type JsonCall, requestJson } from '../request-json.ts'
import {
  type CallPurpose,
  notUnderstood,
  refusalOf,
  superDuperAiLabel,
} from './superduperai-error.ts'

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
  { purpose, ...call }: Omit<JsonCall, 'headers' | 'isSubmit'> & { purpose: CallPurpose },
  account: SuperDuperAiAccount,
  context: ProviderContext,
): Promise<T> {
  const answer = await requestJson(
    superDuperAiLabel,
    `${account.baseUrl}/api/v1${path}`,
    { ...call, headers: authorizationOf(account), isSubmit: purpose === 'submit' },
    context,
  )
  if (answer.status < 200 || answer.status > 299) throw refusalOf(answer, purpose)
  const parsed = schema.safeParse(answer.body)
  if (!parsed.success) throw notUnderstood(answer.excerpt, purpose)
  return parsed.data
}

/** The header that carries the token. */
export function authorizationOf({ token }: SuperDuperAiAccount) {
  return { authorization: `Bearer ${token}` }
}
