import { bigint, customType, timestamp } from 'drizzle-orm/pg-core'

/** A moment to the millisecond, as a `Date` holds it. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** Micro-dollars. A safe integer holds nine billion dollars of them. */
export const micros = (name: string) => bigint(name, { mode: 'number' })

/**
 * A `jsonb` column. What is read is the value that was written: Drizzle's own column reads a text as JSON once more, so
 * the sentence "42" becomes a number, and each sentence that is no JSON costs an exception.
 */
export const jsonb = customType<{ data: unknown; driverData: unknown }>({
  dataType: () => 'jsonb',
  toDriver: (value) => JSON.stringify(value),
})
