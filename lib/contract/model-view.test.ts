import { expect, test } from 'vitest'
import { aspectRatios, dimensionsOf, durationSteps, resolutions } from './model-view.ts'

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

test.each([
  [{ min: 4, max: 8, step: 2 }, [4, 6, 8]],
  [{ min: 5, max: 5, step: 1 }, [5]],
  [{ min: 2, max: 9, step: 3 }, [2, 5, 8]],
])('%o has the steps %o', (limits, steps) => expect(durationSteps(limits)).toEqual(steps))
