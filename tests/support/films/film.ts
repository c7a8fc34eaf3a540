import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

export interface FilmOptions {
  container?:
    | 'mp4'
    | 'mp4 with its contents behind'
    | 'mp4 in fragments'
    | 'mov'
    | 'webm'
    | 'mkv'
    | 'ts'
  codec?: 'avc' | 'hevc' | 'vp8' | 'vp9' | 'av1'
  width?: number
  height?: number
  rotation?: 0 | 90 | 180 | 270
  frames?: number
  fps?: number
  /** Each frame has its number in the middle: eight bars, black and white. */
  isNumbered?: boolean
  hasSound?: boolean
  /** Its sound is a tone in the first half of each second, and silence in the second. */
  hasTone?: boolean
  sampleRate?: number
  /** A track of sound that holds nothing. */
  hasEmptySound?: boolean
}

const usual: Required<FilmOptions> = {
  container: 'mp4',
  codec: 'avc',
  width: 160,
  height: 96,
  rotation: 0,
  frames: 10,
  fps: 10,
  isNumbered: false,
  hasSound: false,
  hasTone: false,
  sampleRate: 48_000,
  hasEmptySound: false,
}

const root = join(import.meta.dirname, '../../..')
const script = join(import.meta.dirname, 'encode-film.ts')

/** The bytes of a real film; encoded once, in a child of its own, and kept until its script changes. */
export async function film(options: FilmOptions = {}): Promise<Buffer> {
  const asked = JSON.stringify({ ...usual, ...options })
  const folder = join(root, 'node_modules/.cache/photofinish')
  const hash = createHash('sha256')
    .update(asked)
    .update(await readFile(script))
  const path = join(folder, `film-${hash.digest('hex').slice(0, 16)}`)
  if (existsSync(path)) return readFile(path)
  await mkdir(folder, { recursive: true })
  const half = `${path}.${process.pid}`
  await promisify(execFile)(process.execPath, [script, half, asked])
  await rename(half, path)
  return readFile(path)
}
