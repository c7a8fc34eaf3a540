import { readFile, writeFile } from 'node:fs/promises'
import { Canvas, loadImage } from '@napi-rs/canvas'

// Run in a process of its own: draws the first frame of an animation as a JPEG.

const [imagePath, posterPath] = process.argv.slice(2) as [string, string]
const image = await loadImage(await readFile(imagePath))
const canvas = new Canvas(image.width, image.height)
const context = canvas.getContext('2d')
context.fillStyle = 'white'
context.fillRect(0, 0, image.width, image.height)
context.drawImage(image, 0, 0)
await writeFile(posterPath, await canvas.encode('jpeg', 86))
