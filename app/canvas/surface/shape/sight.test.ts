import { expect, test } from 'vitest'
import { isInSight, sightOf } from './sight.ts'

const screens = [
  { width: 1280, height: 796 },
  { width: 390, height: 700 },
]
const canvases = [
  { x: -300, y: 40, width: 320, height: 240 },
  // Of a thousand nodes in fifty rows, and of as many in one.
  { x: 0, y: 0, width: 8_300, height: 17_880 },
  { x: 5_000, y: -9_000, width: 30_000, height: 240 },
]

test.each(screens)(
  'all of a canvas is in sight, below names and above the toolbar: %o',
  (screen) => {
    for (const bounds of canvases) {
      const { x, y, zoom } = sightOf(bounds, screen)
      expect(zoom).toBeLessThanOrEqual(1)
      expect(isInSight(bounds, { x, y, zoom }, screen)).toBe(true)
      expect(bounds.x * zoom + x).toBeGreaterThanOrEqual(31.9)
      expect(bounds.y * zoom + y).toBeGreaterThanOrEqual(47.9)
      expect((bounds.x + bounds.width) * zoom + x).toBeLessThanOrEqual(screen.width - 31.9)
      expect((bounds.y + bounds.height) * zoom + y).toBeLessThanOrEqual(screen.height - 87.9)
    }
  },
)

test('what the toolbar covers in part is not in sight', () => {
  const screen = { width: 1280, height: 796 }
  const at = (x: number, y: number) =>
    isInSight({ x, y, width: 360, height: 320 }, { x: 0, y: 0, zoom: 1 }, screen)
  expect(at(460, 238)).toBe(true)
  expect(at(460, 528)).toBe(false)
  expect(at(-10, 238)).toBe(false)
  expect(at(1_000, 238)).toBe(false)
})
