import { bigint, timestamp } from 'drizzle-orm/pg-core'

/** A moment to the millisecond, as a `Date` holds it. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** Micro-dollars. A safe integer holds nine billion dollars of them. */
export const micros = (name: string) => bigint(name, { mode: 'number' })
