import { readFile, writeFile } from 'node:fs/promises'
import { Canvas, loadImage } from '@napi-rs/canvas'

// Run in a process of its own: draws the first frame of an animation as a JPEG, or that of a film at a second.

const [sourcePath, posterPath, seconds] = process.argv.slice(2) as [string, string, string?]

async function firstFrame() {
  const image = await loadImage(await readFile(sourcePath))
  const canvas = new Canvas(image.width, image.height)
  const context = canvas.getContext('2d')
  context.fillStyle = 'white'
  context.fillRect(0, 0, image.width, image.height)
  context.drawImage(image, 0, 0)
  return canvas.encode('jpeg', 86)
}

async function frameAt(second: number) {
  await import('@napi-rs/webcodecs/polyfill')
  const { drawFrame } = await import('./draw-film.ts')
  return drawFrame(sourcePath, second)
}

// A decoder's promises do not keep the process alive.
const alive = setInterval(() => {}, 1_000)
await writeFile(posterPath, await (seconds === undefined ? firstFrame() : frameAt(Number(seconds))))
clearInterval(alive)
