import { apiScopes } from '#lib/contract/people/api-key'
import type { ApiScope, Caller } from '#lib/contract/people/caller'

// How the library keeps what a key may do: a list for each kind of thing. There is one kind.
const kind = 'studio'

export function permissionsOf(scopes: readonly ApiScope[]) {
  return JSON.stringify({ [kind]: scopes })
}

/** What a key may do right now: `admin` only as long as its account is one. */
export function heldScopes(permissions: string | null, role: Caller['role']): ApiScope[] {
  const given = (JSON.parse(permissions ?? '{}') as Record<string, unknown>)[kind]
  const scopes = apiScopes.filter((scope) => Array.isArray(given) && given.includes(scope))
  return role === 'user' ? scopes.filter((scope) => scope !== 'admin') : scopes
}
