import { message } from '#lib/messages/message'
import type { Rule } from '../use-entry-form.ts'

/**
 * Dollars as they are typed, with a point or a comma before the cents; undefined where it is no amount. A comma before
 * three digits may part thousands: that is no amount, rather than a guess.
 */
export function dollarsTyped(text: string): number | undefined {
  const bare = text.trim().replace(/^(-?)\$\s*/, '$1')
  if (!/^-?\d{1,7}(?:[.,]\d{1,2}|\.\d{4,6})?$/.test(bare)) return undefined
  return Number(bare.replace(',', '.'))
}

/** Dollars that may be left out: null where they are. */
export function dollarsOrNone(text: string): number | null {
  return dollarsTyped(text) ?? null
}

/** What forms around money ask of their amounts. */
export const amountRules = {
  above: (text) => ((dollarsTyped(text) ?? 0) > 0 ? undefined : message('usage.needAmount')),
  /** Below zero, it takes credits back. */
  signed: (text) => (dollarsTyped(text) ? undefined : message('usage.needAmount')),
  zeroOrMore: (text) =>
    (dollarsTyped(text) ?? -1) >= 0 ? undefined : message('usage.needAmountOrZero'),
  optional: (text) =>
    text.trim() === '' || (dollarsTyped(text) ?? -1) >= 0 ? undefined : message('usage.needLimit'),
} satisfies Record<string, Rule>
