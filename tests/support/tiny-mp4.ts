import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

let made: Promise<string> | undefined

/** The path of a real MP4 (H.264, 64x64, one second), encoded once a test process in a child of its own. */
export function tinyMp4(): Promise<string> {
  return (made ??= make())
}

async function make() {
  const folder = await mkdtemp(join(tmpdir(), 'photofinish-mp4-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'tiny.mp4')
  const script = join(import.meta.dirname, 'encode-tiny-mp4.ts')
  await promisify(execFile)(process.execPath, [script, path])
  return path
}
