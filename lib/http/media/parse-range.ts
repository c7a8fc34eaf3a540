export interface ByteRange {
  /** Both ends included. */
  start: number
  end: number
}

/**
 * The single byte range a `Range` header asks for (RFC 9110, 14.1.2). Undefined, which means the whole object, for
 * none, for several and for what is no range of bytes; `unsatisfiable` for one that begins behind the end.
 */
export function parseRange(
  header: string | null,
  sizeBytes: number,
): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=,*(\d*)-(\d*),*$/i.exec(header?.replaceAll(/[ \t]/g, '') ?? '')
  if (!match || (!match[1] && !match[2])) return undefined
  if (!match[1]) return suffix(Number(match[2]), sizeBytes)
  const start = Number(match[1])
  const end = match[2] ? Math.min(Number(match[2]), sizeBytes - 1) : sizeBytes - 1
  if (match[2] && Number(match[2]) < start) return undefined
  return start < sizeBytes ? { start, end } : 'unsatisfiable'
}

function suffix(length: number, sizeBytes: number): ByteRange | 'unsatisfiable' {
  if (length === 0 || sizeBytes === 0) return 'unsatisfiable'
  return { start: Math.max(0, sizeBytes - length), end: sizeBytes - 1 }
}
