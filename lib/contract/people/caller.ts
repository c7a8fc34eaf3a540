/** Who asks, and for whom. Decides whose things are seen, and who pays. */
export interface Caller {
  /** Whose things these are: the user's own, or the active organisation's. Empty without a session. */
  ownerId: string
  /** The account behind the session or the API key. Empty without a session. */
  userId: string
  /** Without an account that can be signed in to. */
  isVisitor: boolean
  /** In the installation. */
  role: 'owner' | 'admin' | 'user'
  /** The API key it came with; null for a session. */
  keyId: string | null
  /** What that key may do; null for a session, which may do all its account may. */
  scopes: readonly ApiScope[] | null
}

export type ApiScope = 'read' | 'generate' | 'admin'

/** The role in the installation that an account is kept with; one without any is a user. */
export function roleOf(kept: string | null | undefined): Caller['role'] {
  return kept === 'owner' || kept === 'admin' ? kept : 'user'
}
