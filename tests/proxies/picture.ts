import { createCanvas } from '@napi-rs/canvas'

/** A PNG of noise, which does not compress, of about as many bytes; each is another picture. */
export function pictureOf(bytes: number): Buffer {
  const side = Math.floor(Math.sqrt(bytes / 3.49))
  const canvas = createCanvas(side, side)
  const context = canvas.getContext('2d')
  const pixels = context.createImageData(side, side)
  for (let index = 0; index < pixels.data.length; index++)
    pixels.data[index] = index % 4 === 3 ? 255 : Math.random() * 256
  context.putImageData(pixels, 0, 0)
  return canvas.toBuffer('image/png')
}
