import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'

let made: Promise<string> | undefined

/** The path of a real PNG of 64 by 64 pixels, to be read only. */
export function tinyPicture(): Promise<string> {
  return (made ??= make())
}

async function make() {
  const path = join(await mkdtemp(join(tmpdir(), 'photofinish-picture-')), 'image.png')
  const canvas = createCanvas(64, 64)
  canvas.getContext('2d').fillRect(8, 8, 32, 32)
  await writeFile(path, canvas.toBuffer('image/png'))
  return path
}
