/**
 * Whether what the client has is what there is (RFC 9110, 13.1.2): `If-None-Match` holds the tag, weak or strong, alone
 * or among others, or is `*`.
 */
export function matchesEtag(ifNoneMatch: string | null, etag: string): boolean {
  if (!ifNoneMatch) return false
  if (ifNoneMatch.trim() === '*') return true
  const tags = [...ifNoneMatch.matchAll(/"[^"]*"/g)].map(([tag]) => tag)
  return tags.includes(etag.replace(/^W\//, ''))
}
