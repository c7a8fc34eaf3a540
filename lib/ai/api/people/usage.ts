import { withBasePath } from '#lib/contract/calls/base-path'
import type { TopUpView } from '#lib/contract/people/credits'
import type { UsageView } from '#lib/contract/people/usage'
import { hasFields } from '#lib/contract/problem'
import { ask } from './ask-people.ts'

/** The money of the active account or organization, with a page of its charges. */
export function readUsage(cursor: string | null): Promise<UsageView> {
  const query = new URLSearchParams({ ...(cursor && { cursor }) })
  return ask('GET', `/api/usage?${query}`, isUsage)
}

/** Where every charge is downloaded as a file for spreadsheets. */
export const usageCsvAddress = withBasePath('/api/usage.csv')

/** Adds what a code is worth. Answers how much that is. */
export async function redeemCode(code: string): Promise<number> {
  return (await ask('POST', '/api/redeem', isRedeemed, { code })).usd
}

/** Begins a payment. Answers the address to pay at. */
export async function beginTopUp(usd: number): Promise<string> {
  return (await ask('POST', '/api/top-ups', isBegun, { usd })).url
}

/** How a payment is, as the payment service says it. What is paid is credited by then. */
export function checkTopUp(id: string): Promise<TopUpView> {
  return ask('POST', `/api/top-ups/${encodeURIComponent(id)}/check`, isTopUp)
}

function isUsage(value: unknown): value is UsageView {
  return hasFields(value, { billing: 'string', balance: 'object' })
}

function isRedeemed(value: unknown): value is { usd: number } {
  return hasFields(value, { usd: 'number' })
}

function isBegun(value: unknown): value is { url: string } {
  return hasFields(value, { url: 'string' })
}

function isTopUp(value: unknown): value is TopUpView {
  return hasFields(value, { id: 'string', usd: 'number', state: 'string' })
}
