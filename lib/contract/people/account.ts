import { hasFields } from '../problem.ts'
import type { Caller } from './caller.ts'
import type { OrganizationView } from './organization.ts'

/** How many characters a password has. */
export const passwordLength = { atLeast: 10, atMost: 128 } as const

/** Who may make themselves an account: those with an invitation, anyone, or none. */
export type SignUp = 'invite' | 'open' | 'off'

/**
 * Whether an invitation made by one with this role in the installation gives a new account. Into an organization anyone may
 * invite; who gets an account here is for those who look after the installation.
 */
export function givesAccounts(signUp: SignUp, inviterRole: Caller['role']) {
  return signUp === 'open' || (signUp === 'invite' && inviterRole !== 'user')
}

export interface AccountUser {
  id: string
  name: string
  email: string
  /** In the installation. */
  role: Caller['role']
  /** Without one it signs in by another way alone. */
  hasPassword: boolean
  /** Whether it is connected to the OIDC provider. */
  hasOidc: boolean
  twoFactorEnabled: boolean
  /** How many it has. */
  passkeys: number
}

/** Who one is here, and what is possible; also for a visitor. `GET /api/account` answers it, and gives no session. */
export interface AccountView {
  /** Null for a visitor. */
  user: AccountUser | null
  /** Whether what costs money asks for an account. */
  access: 'open' | 'members'
  signUp: SignUp
  /** The ways to sign in. */
  ways: { password: true; passkey: boolean; oidc: { id: string; label: string } | null }
  /** There is no owner yet: who has the link of the start becomes it. */
  needsSetup: boolean
  /** Whether the server can mail a link that sets a new password; else an admin makes one. */
  canMailReset: boolean
  /** Whose things are seen and paid for. */
  active: { kind: 'user' | 'organization'; id: string | null; name: string }
  organizations: OrganizationView[]
  billing: 'off' | 'credits'
  /** What is set in a way that may cost the operator money, in words; empty for all but the owner and the admins. */
  warnings: string[]
  /** Null where it is not counted. */
  balance: { availableUsd: number; heldUsd: number } | null
}

export function isAccountView(value: unknown): value is AccountView {
  const fields = {
    access: 'string',
    signUp: 'string',
    ways: 'object',
    active: 'object',
    warnings: 'object',
  } as const
  return hasFields(value, { ...fields, needsSetup: 'boolean', billing: 'string' })
}

/** A browser that the account is signed in with. */
export interface SessionView {
  id: string
  userAgent: string | null
  lastUsedAt: string
  /** The one that asks. */
  isCurrent: boolean
}
