import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '../../..')
const script = join(import.meta.dirname, 'encode-tiny-mp4.ts')

const made = new Map<string, Promise<string>>()

/**
 * The path of a real MP4 (H.264, 64x64, one second), to be read only. It is encoded once, in a child of its own, and
 * kept for every other process and run until its script or an installed package changes.
 */
export function tinyMp4(): Promise<string> {
  return tinyMp4Of(64, 64)
}

/** The same in another size. Both sides are even. */
export function tinyMp4Of(width: number, height: number): Promise<string> {
  const size = `${width}x${height}`
  const film = made.get(size) ?? make(width, height)
  made.set(size, film)
  return film
}

async function make(width: number, height: number) {
  const folder = join(root, 'node_modules/.cache/photofinish')
  const version = await hashOf(script, join(root, 'package-lock.json'))
  const path = join(folder, `tiny-${width}x${height}-${version}.mp4`)
  if (existsSync(path)) return path
  await mkdir(folder, { recursive: true })
  const half = `${path}.${process.pid}`
  await promisify(execFile)(process.execPath, [script, half, String(width), String(height)])
  // Renamed whole: another process may look for it in this moment, or make the same one.
  await rename(half, path)
  return path
}

async function hashOf(...paths: string[]) {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(await readFile(path))
  return hash.digest('hex').slice(0, 16)
}
