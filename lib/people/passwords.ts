import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { processWide } from '../process-wide.ts'

/** How passwords are kept. */
export interface Passwords {
  /** A password as it is kept. Takes long, on purpose: never in a transaction. */
  hash(password: string): Promise<string>
  verify(given: { hash: string; password: string }): Promise<boolean>
}

/** Scrypt with a salt of its own for each. Tests put what is quick in its place. */
export function passwords(): Passwords {
  return processWide('passwords', () => ({ hash: hashPassword, verify: verifyPassword }))
}
