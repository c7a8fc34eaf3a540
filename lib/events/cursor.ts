/**
 * How far a client has come: the version of each file it has seen. On the wire `7` where one file is followed, and
 * `file_a:7,file_b:3` where several are (the native EventSource sends back the last id alone; the other files then
 * begin with a snapshot). Unknown or absurd text is no cursor at all.
 */
export function parseCursor(text: string | null, fileIds: readonly string[]): Map<string, number> {
  const cursor = new Map<string, number>()
  if (!text || text.length > 4_096) return cursor
  for (const part of text.split(',')) {
    const match = /^(?:(file_[0-9a-z]{24}):)?(\d{1,9})$/.exec(part.trim())
    if (!match) continue
    const fileId = match[1] ?? (fileIds.length === 1 ? fileIds[0] : undefined)
    if (fileId) cursor.set(fileId, Number(match[2]))
  }
  return cursor
}

/** The event id that stands for a version of a file. */
export function eventId(fileId: string, version: number, isOnlyFile: boolean) {
  return isOnlyFile ? String(version) : `${fileId}:${version}`
}
