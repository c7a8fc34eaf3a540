import { z } from 'zod'
import type { ProviderContext } from '../provider.ts'
import { type JsonCall, requestJson } from '../request-json.ts'
import { httpFailure, kieLabel, notUnderstood } from './kie-error.ts'

/** Whose account it is, and where Kie is. Addresses without a slash at the end. */
export interface KieAccount {
  apiKey: string
  baseUrl: string
  uploadUrl: string
}

const envelopeSchema = z.object({
  code: z.number(),
  msg: z.string().nullish(),
  data: z.unknown().optional(),
})

/** What every answer is wrapped in. */
export interface KieEnvelope {
  /** 200, or what went wrong: Kie sends its errors with HTTP 200, so this decides. */
  code: number
  msg: string
  data: unknown
  retryAfterSeconds: number | undefined
}

/**
 * One call to Kie, answered with its envelope whatever code that carries. Throws `ProviderError` where HTTP itself
 * failed or no envelope came. The key goes out with it, so the address must be one of the account's.
 */
export async function requestEnvelope(
  url: string,
  call: Omit<JsonCall, 'headers'>,
  account: KieAccount,
  context: ProviderContext,
): Promise<KieEnvelope> {
  const isSubmit = call.isSubmit ?? false
  const headers = { authorization: `Bearer ${account.apiKey}` }
  const answer = await requestJson(kieLabel, url, { ...call, headers }, context)
  const { status, body, excerpt, retryAfterSeconds } = answer
  const envelope = envelopeSchema.safeParse(body)
  const isTheirs = envelope.success
  if (status !== 200)
    throw httpFailure({ status, said: excerpt, isTheirs, isSubmit, retryAfterSeconds })
  if (!envelope.success) throw notUnderstood(isSubmit, excerpt)
  const { code, msg, data } = envelope.data
  return { code, msg: msg ?? '', data, retryAfterSeconds }
}
