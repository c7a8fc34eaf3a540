import { type RefObject, useEffect, useEffectEvent } from 'react'
import type { Point } from '../shape/places.ts'

const pressMs = 550
const stillPixels = 10

/** A finger that rests opens what a right click does: not every phone tells of it as one. */
export function useLongPress(
  board: RefObject<HTMLElement | null>,
  onPress: (target: Element, at: Point) => void,
) {
  const press = useEffectEvent(onPress)
  useEffect(() => {
    const element = board.current
    if (!element) return undefined
    const ending = new AbortController()
    const options = { signal: ending.signal, capture: true, passive: true }
    let timer: ReturnType<typeof setTimeout> | undefined
    let start: Point & { id: number } = { x: 0, y: 0, id: -1 }
    const stop = () => clearTimeout(timer)
    const begin = ({
      pointerType,
      isPrimary,
      target,
      clientX: x,
      clientY: y,
      pointerId,
    }: PointerEvent) => {
      stop()
      if (pointerType !== 'touch' || !isPrimary || !(target instanceof Element)) return
      start = { x, y, id: pointerId }
      timer = setTimeout(() => press(target, { x, y }), pressMs)
    }
    const move = ({ clientX, clientY }: PointerEvent) => {
      if (Math.hypot(clientX - start.x, clientY - start.y) > stillPixels) stop()
    }
    element.addEventListener('pointerdown', begin, options)
    element.addEventListener('pointermove', move, options)
    for (const end of ['pointerup', 'pointercancel'] as const)
      element.addEventListener(end, stop, options)
    return () => {
      stop()
      ending.abort()
    }
  }, [board])
}
