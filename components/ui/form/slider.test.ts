import { expect, test } from 'vitest'
import { stepsOf } from './slider.tsx'

test.each([
  [{ min: 4, max: 8, step: 2 }, [4, 6, 8]],
  [{ min: 5, max: 5, step: 1 }, [5]],
  [{ min: 2, max: 9, step: 3 }, [2, 5, 8]],
])('%o has the steps %o', (limits, steps) => expect(stepsOf(limits)).toEqual(steps))
