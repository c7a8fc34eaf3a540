import type { UsageDay } from '#lib/contract/people/usage'

const daysShown = 31
const dayMs = 24 * 60 * 60 * 1000

export interface DayBar {
  /** `2026-11-27`, in UTC. */
  day: string
  usd: number
  /** Of the most expensive day, 0 to 1. */
  share: number
}

/** A bar for each of the last days up to now, the oldest first, whatever was spent on it. */
export function chartOf(days: readonly UsageDay[], nowMs: number): DayBar[] {
  const spent = new Map<string, number>()
  for (const { day, usd } of days) spent.set(day, (spent.get(day) ?? 0) + usd)
  const most = Math.max(0, ...spent.values())
  return Array.from({ length: daysShown }, (_, place) => {
    const day = new Date(nowMs - (daysShown - 1 - place) * dayMs).toISOString().slice(0, 10)
    const usd = spent.get(day) ?? 0
    return { day, usd, share: most > 0 ? usd / most : 0 }
  })
}
