import type { Rect } from '#lib/contract/canvas/free-place'

/** How near and how far a canvas is seen: so far that the largest one fits the screen of a phone. */
export const zooms = { least: 0.01, most: 2 } as const

/** What is brought into sight is no larger than it is. */
const fitMost = 1

/** Pixels at the sides: for names above nodes, and for the toolbar. `Outline` leaves as much. */
const room = { top: 48, bottom: 88, side: 32 }

interface Screen {
  width: number
  height: number
}

/** From where all of a rectangle is seen, in the middle of what the names and the toolbar leave. */
export function sightOf(bounds: Rect, screen: Screen) {
  const free = {
    width: Math.max(1, screen.width - 2 * room.side),
    height: Math.max(1, screen.height - room.top - room.bottom),
  }
  const fits = Math.min(free.width / bounds.width, free.height / bounds.height)
  const zoom = Math.min(fitMost, Math.max(zooms.least, fits))
  return {
    x: room.side + free.width / 2 - (bounds.x + bounds.width / 2) * zoom,
    y: room.top + free.height / 2 - (bounds.y + bounds.height / 2) * zoom,
    zoom,
  }
}

/** Whether all of a rectangle is seen as it is: none of it is outside of the screen or below the toolbar. */
export function isInSight(
  rect: Rect,
  { x, y, zoom }: { x: number; y: number; zoom: number },
  screen: Screen,
) {
  const [left, top] = [rect.x * zoom + x, rect.y * zoom + y]
  return (
    left >= 0 &&
    top >= 0 &&
    left + rect.width * zoom <= screen.width &&
    top + rect.height * zoom <= screen.height - room.bottom
  )
}
