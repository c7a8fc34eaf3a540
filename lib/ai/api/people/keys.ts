import type { KeysAnswer, KeyView, NewKeyAnswer } from '#lib/contract/people/api-key'
import type { ApiScope } from '#lib/contract/people/caller'
import { hasFields } from '#lib/contract/problem'
import { act, ask } from './ask-people.ts'

const path = '/api/keys'

/** Those of the active account or organization. */
export async function readKeys(): Promise<KeyView[]> {
  return (await ask('GET', path, isKeysAnswer)).keys
}

export interface KeyWish {
  name: string
  scopes: ApiScope[]
  /** Null without a limit. */
  limitUsd: number | null
  /** How long it lasts; null for ever. */
  days: number | null
}

/** A new key, shown once. */
export function makeKey(wish: KeyWish): Promise<NewKeyAnswer> {
  return ask('POST', path, isNewKey, wish)
}

/** What of a key is to change; what is not named stays. */
export interface KeyChanges extends Partial<KeyWish> {
  /** That it may do more than before, or works again. */
  confirm?: boolean
}

export function changeKey(id: string, changes: KeyChanges): Promise<KeyView> {
  return ask('PATCH', `${path}/${encodeURIComponent(id)}`, isKey, changes)
}

export async function revokeKey(id: string) {
  await act('DELETE', `${path}/${encodeURIComponent(id)}`)
}

function isKeysAnswer(value: unknown): value is KeysAnswer {
  return Array.isArray((value as KeysAnswer | null)?.keys)
}

function isKey(value: unknown): value is KeyView {
  return hasFields(value, { id: 'string', name: 'string', scopes: 'object' })
}

function isNewKey(value: unknown): value is NewKeyAnswer {
  return hasFields(value, { key: 'string', view: 'object' })
}
