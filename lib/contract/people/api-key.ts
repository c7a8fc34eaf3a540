import type { ApiScope } from './caller.ts'

export const apiScopes = ['read', 'generate', 'admin'] as const satisfies readonly ApiScope[]

/** What all our keys look like, and nothing else does. */
export const keyForm = /pf_[0-9a-z]{40}/

export interface KeyView {
  id: string
  name: string
  /** Its first characters, to tell it from others. */
  start: string
  scopes: ApiScope[]
  /** The most it may spend in a calendar month (UTC), in dollars; null without a limit of its own. */
  limitUsd: number | null
  /** ISO times; null for never. */
  expiresAt: string | null
  lastUsedAt: string | null
  createdAt: string
  /** Who made it; null where an operator did. */
  createdBy: string | null
}

/** `GET /api/keys`: those of the active account or organization. */
export interface KeysAnswer {
  keys: KeyView[]
}

/** `POST /api/keys`: the only time the key itself is shown. */
export interface NewKeyAnswer {
  key: string
  view: KeyView
}
