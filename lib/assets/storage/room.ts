import { type MessageRef, message } from '#lib/messages/message'
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../errors.ts'

/** Whether new bytes can be kept. `low` is the warning: it still works, and will not for long. */
export interface Room {
  state: 'ok' | 'low' | 'full' | 'unwritable'
  /** Null where the file system does not tell. */
  freeBytes: number | null
  /** What it is short of, or what refused a write. */
  reason?: 'space' | 'files' | 'quota' | 'read_only' | 'permission' | 'other'
}

export interface RoomOptions {
  /** Kept free: with less, nothing new is begun. Below five times as much there is a warning. */
  keepFreeBytes?: number
  statfs?: (
    path: string,
  ) => Promise<{ bavail: number; bsize: number; blocks: number; ffree: number; files: number }>
  /** Folders that may be on other disks, and without whose space nothing works either: the database, scratch space. */
  besides?: readonly string[]
  /** Writes some bytes below the folder; rejects as the file system does. */
  probe?: (folder: string) => Promise<void>
  now?: () => number
}

const keptMs = 5_000
const warningFactor = 5
const fewFiles = 100

/**
 * Tells how much room a folder has, or the fullest of it and `besides`. The file system is read every few seconds at
 * most, for all callers.
 */
export function roomOf(folder: string, options: RoomOptions = {}): () => Promise<Room> {
  const { now = Date.now } = options
  let last: { at: number; room: Promise<Room> } | undefined
  return () => {
    if (!last || now() - last.at >= keptMs || now() < last.at)
      last = { at: now(), room: worst(folder, options) }
    return last.room
  }
}

const badness: Record<Room['state'], number> = { ok: 0, low: 1, full: 2, unwritable: 3 }

async function worst(folder: string, options: RoomOptions): Promise<Room> {
  // Nothing is written where others keep their files.
  const lookBeside = (path: string) => look(path, { ...options, probe: async () => {} })
  const rooms = [look(folder, options), ...(options.besides ?? []).map(lookBeside)]
  return (await Promise.all(rooms)).reduce((a, b) => (badness[b.state] > badness[a.state] ? b : a))
}

async function look(folder: string, options: RoomOptions): Promise<Room> {
  const { keepFreeBytes = 0, statfs: ask = statfs, probe = writeProbe } = options
  const refusal = await probe(folder).then(
    () => undefined,
    ({ code }: NodeJS.ErrnoException) => code ?? '',
  )
  const found = await ask(folder).catch(() => undefined)
  // Some file systems count neither bytes nor files, and say zero.
  const freeBytes = found && found.blocks > 0 ? found.bavail * found.bsize : null
  if (refusal !== undefined) return { ...refused(refusal, found?.ffree, found?.files), freeBytes }
  if (found && found.files > 0 && found.ffree < fewFiles)
    return { state: 'full', freeBytes, reason: 'files' }
  if (freeBytes === null || freeBytes >= keepFreeBytes * warningFactor)
    return { state: 'ok', freeBytes }
  return { state: freeBytes < keepFreeBytes ? 'full' : 'low', freeBytes, reason: 'space' }
}

function refused(code: string, freeFiles?: number, files?: number): Omit<Room, 'freeBytes'> {
  const isOutOfFiles = Boolean(files) && freeFiles === 0
  if (code === 'ENOSPC') return { state: 'full', reason: isOutOfFiles ? 'files' : 'space' }
  if (code === 'EDQUOT') return { state: 'full', reason: 'quota' }
  if (code === 'EROFS') return { state: 'unwritable', reason: 'read_only' }
  if (code === 'EACCES' || code === 'EPERM') return { state: 'unwritable', reason: 'permission' }
  return { state: 'unwritable', reason: 'other' }
}

const probeBytes = 4_096

async function writeProbe(folder: string) {
  const path = join(folder, '.ping')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    await writeFile(path, Buffer.alloc(probeBytes), { mode: 0o600 })
  } finally {
    await rm(path, { force: true }).catch(() => {})
  }
}

/** Throws where nothing new can be kept: before bytes are taken, and before money is spent. */
export async function assertRoom(storage: { room(): Promise<Room> }) {
  const room = await storage.room()
  if (room.state === 'ok' || room.state === 'low') return
  const code = room.state === 'full' ? 'storage_full' : 'storage_unavailable'
  throw new AppError(code, {
    userMessage: message('storage.refused', { what: roomMessage(room) }),
    logMessage: `refused: ${code}, ${room.reason}`,
    retryAfterSeconds: 60,
  })
}

/** A room that is short of something, as a sentence. */
export function roomMessage({ state, reason = 'other', freeBytes }: Room): MessageRef {
  const isOfSpace = reason === 'space' || reason === 'files'
  const what = state === 'low' ? 'low' : reason
  if (freeBytes === null || !isOfSpace) return message(`storage.${what}`)
  return message('storage.withFree', {
    what: message(`storage.${what}`),
    free: { bytes: freeBytes },
  })
}
