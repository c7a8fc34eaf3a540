'use client'

import type { KeyboardEvent, PointerEvent, RefObject } from 'react'
import { formatTimecode } from '#lib/messages/format'

export interface TimeHandleProps {
  label: string
  /** Seconds. */
  value: number
  min: number
  max: number
  /** How long the whole strip is. */
  duration: number
  frameSeconds: number
  /** The strip it is moved along. */
  strip: RefObject<HTMLElement | null>
  onChange: (seconds: number) => void
}

/** A moment on a filmstrip: dragged, or moved by arrows, a frame or (with Shift) a second at a time. */
export function TimeHandle(props: TimeHandleProps) {
  const { label, value, min, max, duration, strip, onChange } = props
  const set = (seconds: number) => onChange(rounded(Math.min(max, Math.max(min, seconds))))
  const press = (event: KeyboardEvent) => {
    const next = afterKey(event, props)
    if (next === undefined) return
    event.preventDefault()
    set(next)
  }
  const drag = (event: PointerEvent<HTMLElement>) => {
    const box = strip.current?.getBoundingClientRect()
    if (!box || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    set(toFrame(((event.clientX - box.left) / box.width) * duration, props))
  }
  return (
    <div
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        event.currentTarget.querySelector('input')?.focus()
      }}
      onPointerMove={drag}
      style={{ left: `${(value / duration) * 100}%` }}
      className="group absolute -inset-y-1 z-10 flex w-8 -translate-x-1/2 cursor-ew-resize touch-none justify-center rounded-sm has-focus-visible:outline-2 has-focus-visible:outline-signal"
    >
      <input
        type="range"
        aria-label={label}
        aria-valuetext={timecode(value)}
        min={min}
        max={max}
        step="any"
        value={value}
        onKeyDown={press}
        onChange={({ target }) => set(target.valueAsNumber)}
        className="pointer-events-none absolute inset-0 opacity-0"
      />
      <span className="h-full w-1 rounded-full bg-signal group-hover:w-1.5" />
    </div>
  )
}

function afterKey(
  { key, shiftKey }: KeyboardEvent,
  { value, min, max, frameSeconds }: TimeHandleProps,
) {
  const step = shiftKey ? 1 : frameSeconds
  const steps: Record<string, number> = {
    ArrowLeft: value - step,
    ArrowDown: value - step,
    ArrowRight: value + step,
    ArrowUp: value + step,
    PageDown: value - 1,
    PageUp: value + 1,
    Home: min,
    End: max,
  }
  return steps[key]
}

function toFrame(seconds: number, { frameSeconds }: Pick<TimeHandleProps, 'frameSeconds'>) {
  return Math.round(seconds / frameSeconds) * frameSeconds
}

function rounded(seconds: number) {
  return Math.round(seconds * 1_000) / 1_000
}

/** With milliseconds: `00:01.240`. */
export function timecode(seconds: number) {
  const whole = Math.floor(rounded(seconds))
  const rest = Math.round((rounded(seconds) - whole) * 1_000)
  return `${formatTimecode(whole)}.${String(rest).padStart(3, '0')}`
}
