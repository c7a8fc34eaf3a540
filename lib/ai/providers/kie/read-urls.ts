/**
 * The addresses in what Kie gives as a list of them: an array, the same as a JSON string, or a bracketed string
 * without quotes (`[http://...]`), as different pages of its documents show it.
 */
export function readUrls(value: unknown): string[] {
  if (Array.isArray(value)) return value.filter(isUrl)
  if (typeof value !== 'string') return []
  const list = value.trim().replace(/^\[/, '').replace(/\]$/, '')
  return list
    .split(/,\s*(?="?https?:)/)
    .map((one) => one.trim().replace(/^"|"$/g, ''))
    .filter(isUrl)
}

function isUrl(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\//.test(value)
}
