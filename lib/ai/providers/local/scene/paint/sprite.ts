import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import type { Stage } from '../stage.ts'

/** Rows read back at a time. */
const bandRows = 32

/** A sheet drawn once and shown in every frame. */
export interface Sprite {
  canvas: Canvas
  x: number
  y: number
}

/**
 * A sheet as wide as the frame and its margins, from `top` to `bottom`; empty rows at its top are cut off,
 * because drawing transparent rows costs as much as drawing opaque ones. `paint` draws in the frame's own pixels.
 */
export function paintSprite(
  stage: Stage,
  top: number,
  bottom: number,
  paint: (context: SKRSContext2D) => void,
): Sprite {
  const y = Math.floor(top)
  const width = stage.width + stage.margin * 2
  const height = Math.max(1, Math.ceil(bottom) - y)
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.translate(stage.margin, -y)
  paint(context)
  const empty = emptyRowsOf(context, width, height)
  if (empty === 0) return { canvas, x: -stage.margin, y }
  const trimmed = createCanvas(width, Math.max(1, height - empty))
  trimmed.getContext('2d').drawImage(canvas, 0, -empty)
  // Frees the pixels now: the garbage collector does not know how many they are.
  canvas.width = 1
  canvas.height = 1
  return { canvas: trimmed, x: -stage.margin, y: y + empty }
}

function emptyRowsOf(context: SKRSContext2D, width: number, height: number) {
  for (let top = 0; top < height; top += bandRows) {
    const { data } = context.getImageData(0, top, width, Math.min(bandRows, height - top))
    for (let at = 3; at < data.length; at += 4) {
      if (data[at] !== 0) return top + Math.floor(at / 4 / width)
    }
  }
  return 0
}

export function drawSprite(context: SKRSContext2D, sprite: Sprite) {
  context.drawImage(sprite.canvas, sprite.x, sprite.y)
}
