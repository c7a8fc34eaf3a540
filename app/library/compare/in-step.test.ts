import { describe, expect, it } from 'vitest'
import { correction, leaderOf } from './in-step.ts'

const reel = (currentTime: number, duration = 8) => ({ currentTime, duration })

describe('two films side by side', () => {
  it('are not moved while they are in step', () => {
    expect(correction(reel(3), reel(3.05))).toBeNull()
    expect(correction(reel(3), reel(2.93))).toBeNull()
  })

  it('are brought together once they drift apart, in both directions', () => {
    expect(correction(reel(3), reel(3.2))).toBe(3)
    expect(correction(reel(3), reel(2.5))).toBe(3)
  })

  it('the shorter one waits at its end, and comes back with the longer one', () => {
    expect(correction(reel(7), reel(5, 5))).toBeNull()
    expect(correction(reel(2), reel(5, 5))).toBe(2)
  })

  it('nothing is known of one that is not loaded', () => {
    expect(correction(reel(0), reel(0, Number.NaN))).toBeNull()
  })

  it('the longer one leads, the first of equals', () => {
    const [a, b] = [reel(0, 4), reel(0, 6)]
    expect(leaderOf(a, b)).toEqual({ leader: b, follower: a })
    expect(leaderOf(b, a).leader).toBe(b)
    expect(leaderOf(a, reel(1, 4)).leader).toBe(a)
    expect(leaderOf(reel(0, Number.NaN), a).leader).toBe(a)
  })
})
