import { z } from 'zod'
import { type HttpCall, requestJson } from '../http-call.ts'
import { notUnderstood } from '../failures.ts'
import type { ProviderContext } from '../provider.ts'
import { httpFailure, kieLabel, refusalOf } from './kie-error.ts'

/** Whose account it is, and where Kie is. Addresses without a slash at the end. */
export interface KieAccount {
  apiKey: string
  baseUrl: string
  uploadUrl: string
}

/** A number, also where an answer gives it as text. */
export const wireNumber = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(?:\.\d+)?$/)
    .transform(Number),
])

/** The name of a task, also where an answer gives it as a number that is told exactly. */
export const wireId = z.union([z.string().min(1), z.int().transform(String)])

const envelopeSchema = z.object({
  code: wireNumber,
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
  call: Omit<HttpCall, 'headers'>,
  account: KieAccount,
  context: ProviderContext,
): Promise<KieEnvelope> {
  const isSubmit = call.isSubmit ?? false
  const headers = { authorization: `Bearer ${account.apiKey}` }
  const answer = await requestJson(kieLabel, url, { ...call, headers }, context)
  const { status, body, excerpt, retryAfterSeconds } = answer
  const envelope = envelopeSchema.safeParse(body)
  const isTheirs = envelope.success
  if (status < 200 || status > 299) {
    const refusal = { status, isTheirs, isSubmit, retryAfterSeconds }
    if (!envelope.success) throw httpFailure({ ...refusal, said: excerpt })
    throw refusalOf({ ...refusal, said: envelope.data.msg ?? '' })
  }
  if (!envelope.success) throw notUnderstood(kieLabel, excerpt, isSubmit)
  const { code, msg, data } = envelope.data
  return { code, msg: msg ?? '', data, retryAfterSeconds }
}

/** One call to Kie, answered with its data. Throws `ProviderError` for every code but 200 and for other data. */
export async function requestKie<T>(
  schema: z.ZodType<T>,
  url: string,
  call: Omit<HttpCall, 'headers'>,
  account: KieAccount,
  context: ProviderContext,
): Promise<T> {
  const isSubmit = call.isSubmit ?? false
  const { code, msg, data, retryAfterSeconds } = await requestEnvelope(url, call, account, context)
  if (code !== 200)
    throw refusalOf({ status: code, said: msg, isTheirs: true, isSubmit, retryAfterSeconds })
  const parsed = schema.safeParse(data)
  if (!parsed.success) throw notUnderstood(kieLabel, parsed.error.message, isSubmit)
  return parsed.data
}

/** The record of a task, kept by Kie for 14 days. That of another task is none. */
export function readTask<T extends object>(
  schema: z.ZodType<T>,
  path: string,
  taskId: string,
  account: KieAccount,
  context: ProviderContext,
): Promise<T> {
  const url = `${account.baseUrl}${path}?taskId=${encodeURIComponent(taskId)}`
  const isOfTask = z
    .object({ taskId: wireId.nullish().catch(null) })
    .refine(({ taskId: named }) => !named || named === taskId, 'the record of another task')
  return requestKie(isOfTask.and(schema), url, {}, account, context)
}

const microsPerCredit = 5_000

const credits = wireNumber.nullish().catch(undefined)

/** What a record says about its price, under either of its names. Absent from some records, and never required. */
export const kieCostFields = { creditsConsumed: credits, consumeCredits: credits }

/** What a task cost. */
export interface KieCost {
  costMicros?: number
}

/** The price at half a cent a credit; without the field where the record has none. */
export function kieCost(record: {
  creditsConsumed?: number | null
  consumeCredits?: number | null
}): KieCost {
  const consumed = record.creditsConsumed ?? record.consumeCredits
  return typeof consumed === 'number' ? { costMicros: Math.round(consumed * microsPerCredit) } : {}
}

/**
 * The addresses in what Kie gives as a list of them: an array, the same as a JSON string, or a bracketed string
 * without quotes (`[http://...]`), as different pages of its documents show it.
 */
export function readUrls(value: unknown): string[] {
  if (Array.isArray(value)) return value.filter(isUrl)
  if (typeof value !== 'string') return []
  const list = value.trim().replace(/^\[/, '').replace(/\]$/, '')
  return list
    .split(/,\s*(?="?https?:)/)
    .map((one) => one.trim().replace(/^"|"$/g, ''))
    .filter(isUrl)
}

function isUrl(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\//.test(value)
}
