import { expect, test } from 'vitest'
import { aspectRatios, dimensionsOf, resolutions } from './model-view.ts'

test('every size is even and of its ratio, as near as even pixels allow', () => {
  for (const ratio of aspectRatios)
    for (const resolution of resolutions) {
      const { width, height } = dimensionsOf(ratio, resolution)
      const [across, down] = ratio.split(':').map(Number) as [number, number]
      expect([width % 2, height % 2]).toEqual([0, 0])
      expect(Math.abs(width / height - across / down)).toBeLessThan(0.002)
      expect(Math.min(width, height)).toBe(Number.parseInt(resolution, 10))
    }
})
