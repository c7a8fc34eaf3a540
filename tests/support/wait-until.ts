import { vi } from 'vitest'

/** Looks until there is something, and answers it. The machine may be busy: only what never comes is given up. */
export function waitUntil<T>(look: () => T | Promise<T>) {
  return vi.waitUntil(look, { timeout: 180_000, interval: 20 })
}
