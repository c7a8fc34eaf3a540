import { plainText } from '#lib/contract/plain-text'

/**
 * A value as PostgreSQL can keep it in jsonb: no control characters and no half of a surrogate pair in any of its
 * texts. Models write the former, streams cut the latter.
 */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return plainText(value) as T
  if (Array.isArray(value)) return value.map(storable) as T
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, one]) => [storable(name), storable(one)])
  return Object.fromEntries(entries) as T
}
