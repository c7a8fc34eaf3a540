'use client'

import { type PointerEvent, useEffect, useRef } from 'react'

const pressMs = 450
const moveAtMostPx = 10

/** Calls back where a finger rests on an element. The click that ends it is told apart by `wasPress`. */
export function useLongPress(onPress: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const start = useRef({ x: 0, y: 0 })
  const hasPressed = useRef(false)
  const end = () => clearTimeout(timer.current)
  useEffect(() => () => clearTimeout(timer.current), [])
  return {
    /** Whether the click that is being handled is the end of a press. */
    wasPress: () => {
      const was = hasPressed.current
      hasPressed.current = false
      return was
    },
    handlers: {
      onPointerDown: ({ pointerType, clientX, clientY }: PointerEvent) => {
        hasPressed.current = false
        if (pointerType !== 'touch') return
        start.current = { x: clientX, y: clientY }
        timer.current = setTimeout(() => {
          hasPressed.current = true
          onPress()
        }, pressMs)
      },
      onPointerMove: ({ clientX, clientY }: PointerEvent) => {
        const { x, y } = start.current
        if (Math.hypot(clientX - x, clientY - y) > moveAtMostPx) end()
      },
      onPointerUp: end,
      onPointerCancel: end,
      // A finger that rests on a picture would open the browser's own menu.
      onContextMenu: (event: { preventDefault: () => void }) => {
        if (hasPressed.current) event.preventDefault()
      },
    },
  }
}
