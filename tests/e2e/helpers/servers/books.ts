import type { Emulated } from '../provider-test.ts'

/** How many jobs each provider has on its books for a prompt; of those that have none, nothing. */
export function booksOf({ emulators }: Emulated, prompt: string): Record<string, number> {
  const counts = Object.values(emulators).map(
    (emulator) => [emulator.id, emulator.jobsOf(prompt).length] as const,
  )
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}
