'use client'

import { useEffect, useRef } from 'react'
import { drawStrip } from './draw-strip.ts'

interface ExposedStripProps {
  seed: string
  /** Width over height. */
  ratio: number
}

/** The picture that stands for a frame nobody can see yet; pure decoration. */
export function ExposedStrip({ seed, ratio }: ExposedStripProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    context.canvas.width = ratio < 1 ? 480 : 800
    context.canvas.height = Math.round(context.canvas.width / ratio)
    drawStrip(context, seed, getComputedStyle(context.canvas).color)
  }, [seed, ratio])
  return (
    <canvas ref={canvas} aria-hidden="true" className="absolute inset-0 size-full text-on-film" />
  )
}
