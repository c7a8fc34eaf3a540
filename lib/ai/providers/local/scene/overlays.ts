import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Canvas, createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas'
import type { Layer, Stage } from './stage.ts'

/** Darkens the corners a little, to draw the eye to the middle. */
export function createVignetteLayer({ width, height }: Stage): Layer {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const [x, y] = [canvas.width / 2, canvas.height / 2]
  const reach = Math.hypot(x, y)
  const fill = context.createRadialGradient(x, y, reach * 0.55, x, y, reach)
  fill.addColorStop(0, 'rgba(0,0,8,0)')
  fill.addColorStop(0.5, 'rgba(0,0,8,0.08)')
  fill.addColorStop(1, 'rgba(0,0,8,0.32)')
  context.fillStyle = fill
  context.fillRect(0, 0, canvas.width, canvas.height)
  return {
    draw(target) {
      target.resetTransform()
      target.drawImage(canvas, 0, 0)
    },
  }
}

const text = 'demo renderer, no AI'
const family = 'Photofinish Caption'

/** The caption of every film, bottom left: small, and legible on light and on dark. */
export function createCaption(width: number, height: number) {
  registerFont()
  const unit = Math.min(width, height)
  const size = Math.max(11, Math.round(unit * 0.0185))
  const canvas = paintText(size)
  const inset = Math.round(unit * 0.026)
  return {
    draw(context: SKRSContext2D) {
      context.resetTransform()
      context.drawImage(canvas, inset - size, height - inset - canvas.height + size)
    },
  }
}

function paintText(size: number): Canvas {
  const font = `500 ${size}px "${family}"`
  const measure = createCanvas(8, 8).getContext('2d')
  measure.font = font
  const canvas = createCanvas(Math.ceil(measure.measureText(text).width) + size * 2, size * 3)
  const context = canvas.getContext('2d')
  context.font = font
  context.lang = 'en'
  context.textBaseline = 'alphabetic'
  context.shadowColor = 'rgba(0,0,0,0.75)'
  context.shadowBlur = size * 0.5
  context.fillStyle = 'rgba(255,255,255,0.8)'
  context.fillText(text, size, size * 2)
  return canvas
}

/** The font comes with a package, so the caption looks the same on a machine without fonts. */
function registerFont() {
  if (GlobalFonts.has(family)) return
  const entry = createRequire(import.meta.url).resolve('geist/font/sans')
  const file = join(dirname(entry), 'fonts/geist-sans/Geist-Medium.ttf')
  if (!GlobalFonts.registerFromPath(file, family)) throw new Error(`no font at ${file}`)
}
