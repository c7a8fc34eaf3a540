type FieldType = 'string' | 'number' | 'boolean' | 'object'

/** Whether a value is an object with at least these fields, each of its type. Arrays and null are no objects. */
export function hasFields(value: unknown, fields: Record<string, FieldType>): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const record = value as Record<string, unknown>
  return Object.entries(fields).every(
    ([name, type]) => typeof record[name] === type && record[name] !== null,
  )
}
