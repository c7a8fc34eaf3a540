'use client'

import { clsx } from 'clsx'
import { type ReactNode, useEffect, useRef } from 'react'
import type { FileView } from '#lib/contract/file-view'

interface FrameBoxProps {
  view: Pick<FileView, 'width' | 'height'>
  className?: string
  children: ReactNode
}

/** A frame of film in its final ratio, so that nothing moves when the picture is loaded. */
export function FrameBox({ view, className, children }: FrameBoxProps) {
  return (
    <div
      style={{ aspectRatio: `${view.width} / ${view.height}` }}
      className={clsx(
        'relative w-full overflow-hidden rounded-sm bg-film text-on-film forced-color-adjust-none',
        className,
      )}
    >
      {children}
    </div>
  )
}

/** Stands for a picture that does not exist yet; pure decoration. */
export function ExposedStrip({ seed }: { seed: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (context) drawStrip(context, seed, getComputedStyle(context.canvas).color)
  }, [seed])
  return (
    <canvas
      ref={canvas}
      width={stripColumns}
      height={stripRows}
      aria-hidden="true"
      className="absolute inset-0 size-full text-on-film [image-rendering:pixelated]"
    />
  )
}

/** The number of columns of a frame. */
export const stripColumns = 160
const stripRows = 480

const bandCount = 34

interface Band {
  /** Where it ends, in fractions of the height. */
  end: number
  /** How far its edge wanders, in fractions of the height, and how fast, in columns. */
  sway: number
  period: number
  phase: number
  brightness: number
}

/**
 * Draws what a slit camera sees of an unknown scene: whatever stands still becomes a level band,
 * whatever moves makes its edge wander. The same seed gives the same strip. A list shows many at once: the pixels are
 * computed and put there together, where thousands of rectangles would hold up a frame.
 */
function drawStrip(context: CanvasRenderingContext2D, seed: string, color: string) {
  const random = randomFrom(seed)
  const bands = makeBands(random)
  const image = context.createImageData(stripColumns, stripRows)
  for (let column = 0; column < stripColumns; column++) {
    const exposure = 0.88 + random() * 0.12
    let start = 0
    for (const band of bands) {
      const end = Math.max(start, edgeAt(band, column) * stripRows)
      expose(image, column, { start, end, light: band.brightness * exposure })
      start = end
    }
  }
  context.putImageData(image, 0, 0)
  // In the color of the text, wherever something was exposed.
  context.globalCompositeOperation = 'source-in'
  context.fillStyle = color
  context.fillRect(0, 0, stripColumns, stripRows)
}

interface Exposed {
  start: number
  end: number
  light: number
}

/** Adds light to a part of a column, in part to the rows at its ends. */
function expose({ data }: ImageData, column: number, { start, end, light }: Exposed) {
  for (let row = Math.floor(start); row < Math.min(end, stripRows); row++) {
    const share = Math.min(end, row + 1) - Math.max(start, row)
    data[(row * stripColumns + column) * 4 + 3]! += Math.round(light * share * 255)
  }
}

/** Dark above and below, brightest around one horizon, with a few thin highlights. */
function makeBands(random: () => number): Band[] {
  const horizon = 0.35 + random() * 0.3
  const thicknesses = Array.from({ length: bandCount }, () => 0.15 + random() ** 2)
  const total = thicknesses.reduce((sum, thickness) => sum + thickness, 0)
  let end = 0
  return thicknesses.map((thickness) => {
    end += thickness / total
    const glow = Math.exp(-(((end - horizon) / 0.22) ** 2))
    const highlight = random() < 0.14 ? 0.3 : 0
    return {
      end,
      sway: 0.004 + random() * 0.016,
      period: 14 + random() * 40,
      phase: random() * Math.PI * 2,
      brightness: 0.05 + glow * 0.34 + (random() - 0.5) * 0.09 + highlight * glow,
    }
  })
}

function edgeAt({ end, sway, period, phase }: Band, column: number) {
  return end + sway * Math.sin(phase + column / period) + sway * 0.3 * Math.sin(column / 3 + phase)
}

/** Numbers from 0 to 1, the same for the same text (mulberry32 over an FNV hash). */
function randomFrom(text: string) {
  let state = 2166136261
  for (const character of text) state = Math.imul(state ^ character.charCodeAt(0), 16777619)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
