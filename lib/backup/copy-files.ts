import { createHash } from 'node:crypto'
import { mkdir, open, readdir, realpath, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const atOnce = 4
// A database is a thousand small files: most are read in one piece.
const pieceBytes = 128 * 1024

/** The files below a folder, as paths from there. Links are followed, except one that leads to a folder around it. */
export async function listTree(folder: string, isLeftOut: (path: string) => boolean) {
  const files: string[] = []
  const folders: string[] = []
  const walk = async (below: string, around: readonly string[]) => {
    const here = join(folder, below)
    const place = await realpath(here).catch(none)
    if (Array.isArray(place) || around.includes(place)) return
    for (const entry of await readdir(here, { withFileTypes: true }).catch(none)) {
      const path = join(below, entry.name)
      if (isLeftOut(path)) continue
      const found = entry.isSymbolicLink() ? await stat(join(folder, path)).catch(none) : entry
      if (Array.isArray(found)) continue
      if (found.isFile()) files.push(path)
      else if (found.isDirectory()) {
        folders.push(path)
        await walk(path, [...around, place])
      }
    }
  }
  await walk('', [])
  return { files, folders }
}

/** What has gone since it was listed. */
function none(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return []
  throw error
}

/** Whether it says that this very file is not there. */
export function isOf(source: string, error: unknown) {
  const { code, path } = error as NodeJS.ErrnoException
  return code === 'ENOENT' && path === source
}

export interface CopiedFile {
  path: string
  bytes: number
  sha256: string
}

/** Copies files by their paths below one folder to another, readable by their owner alone. One that has gone is left out. */
export async function copyFiles(
  from: string,
  to: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<CopiedFile[]> {
  const waiting = [...paths]
  const copied: CopiedFile[] = []
  for (const folder of new Set(paths.map((path) => dirname(path))))
    await mkdir(join(to, folder), { recursive: true, mode: 0o700 })
  const work = async () => {
    const piece = newPiece()
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const source = join(from, path)
      const file = await copyFile(source, join(to, path), piece, signal).catch((error) => {
        // A place to copy to that has gone is something else.
        if (isOf(source, error)) return undefined
        throw error
      })
      if (file) copied.push({ path, ...file })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return copied
}

/** What `copyFile` copies through: one for many files, each after the other. */
export function newPiece() {
  return Buffer.allocUnsafe(pieceBytes)
}

/** Copies one file, which must not be there, and says what was written. */
export async function copyFile(from: string, to: string, piece: Buffer, signal: AbortSignal) {
  const hash = createHash('sha256')
  let bytes = 0
  await using source = await open(from)
  await using target = await open(to, 'wx', 0o600)
  while (true) {
    signal.throwIfAborted()
    const { bytesRead } = await source.read(piece)
    if (bytesRead === 0) return { bytes, sha256: hash.digest('hex') }
    const read = piece.subarray(0, bytesRead)
    hash.update(read)
    await target.appendFile(read)
    bytes += bytesRead
  }
}

/** Sizes in words: `1.2 GB`. */
export function sizeOf(bytes: number) {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
  const value = bytes / 1_000 ** power
  return `${power > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[power]}`
}
