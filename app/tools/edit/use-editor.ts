'use client'

import { useState } from 'react'
import { editFaults } from '#lib/contract/edit/edit-limits'
import type { EditOperation, EditOrder } from '#lib/contract/generation'
import type { EditedFilm } from './edited-film.ts'

/** What can be done to one video, in the order it is offered. */
export const operations = ['trim', 'crop', 'loop', 'frame', 'animation', 'mute'] as const
export type Operation = Exclude<EditOperation, 'join'>

export interface EditorValues {
  operation: Operation
  /** Seconds; the span of a trim and of an animation. */
  from: number
  to: number
  /** Seconds; the frame to be taken. */
  at: number
  aspectRatio: '9:16' | '16:9' | '1:1'
  focus: { x: number; y: number }
  times: number
  format: 'gif' | 'webp'
  width: number
  fps: number
}

/** What is chosen in the editor of a video, at first as it was before, and the order it comes to. */
export function useEditor(film: EditedFilm, before?: EditOrder) {
  const [values, setValues] = useState(() => ({ ...beginningOf(film), ...valuesOf(before, film) }))
  const change = (part: Partial<EditorValues>) => setValues((before) => ({ ...before, ...part }))
  const order = orderOf(values)
  return { values, change, order, fault: editFaults(order, [film])[0]?.message }
}

export type Editor = ReturnType<typeof useEditor>

function beginningOf(film: EditedFilm): EditorValues {
  const isWide = film.width > film.height
  return {
    operation: 'trim',
    from: 0,
    to: film.durationSeconds,
    at: 0,
    aspectRatio: isWide ? '9:16' : '16:9',
    focus: { x: 0.5, y: 0.5 },
    times: 2,
    format: 'gif',
    width: Math.min(480, film.width),
    fps: 12,
  }
}

/** The values of an order. The first and the last frame are moments of the film. */
export function valuesOf(order: EditOrder | undefined, film: EditedFilm): Partial<EditorValues> {
  if (!order || order.operation === 'join') return {}
  if (order.operation !== 'frame') return order
  const { operation, at } = order
  return { operation, at: at === 'first' ? 0 : at === 'last' ? film.durationSeconds : at }
}

function orderOf(values: EditorValues): EditOrder {
  const { operation, from, to, at, aspectRatio, focus, times, format, width, fps } = values
  switch (operation) {
    case 'trim':
      return { operation, from, to }
    case 'crop':
      return { operation, aspectRatio, focus }
    case 'loop':
      return { operation, times }
    case 'frame':
      return { operation, at }
    case 'animation':
      return { operation, format, from, to, width, fps }
    default:
      return { operation }
  }
}
