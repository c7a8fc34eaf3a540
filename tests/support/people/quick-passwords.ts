import { createHash } from 'node:crypto'
import type { Passwords } from '#lib/people/passwords'
import { forgetProcessWide, processWide } from '#lib/process-wide'

const passwords = 'passwords'

/** Keeps passwords by a plain hash: the real one takes a quarter of a second of a core, each time. */
export function useQuickPasswords() {
  const hash = async (given: string) => `quick:${createHash('sha256').update(given).digest('hex')}`
  processWide<Passwords>(passwords, () => ({
    hash,
    verify: async (given) => (await hash(given.password)) === given.hash,
  }))
}

/** For tests of the keeping itself. */
export function useRealPasswords() {
  forgetProcessWide(passwords)
}
