import { describe, expect, it } from 'vitest'
import { frameAt, framesBetween } from './source-film.ts'

/** A film of three seconds at 25 frames a second. */
const film = { starts: Array.from({ length: 75 }, (_, index) => index / 25), seconds: 3 }

describe('the frames of a span', () => {
  it.each([
    ['a single frame', 1.0, 1.01, 25, 26],
    ['the first frame', 0, 0.04, 0, 1],
    ['the last frame', 2.96, 3, 74, 75],
    ['all of it', 0, 3, 0, 75],
    ['to past its end', 2.8, 9, 70, 75],
    ['times between frames, to the nearest', 0.055, 0.135, 1, 3],
  ])('are those of %s', (_, from, to, first, after) => {
    expect(framesBetween(film, from, to)).toEqual({ first, after })
  })
})

describe('the frame at a time', () => {
  it.each([
    [0, 0],
    [1.0, 25],
    [1.039, 25],
    [99, 74],
  ])('of %s s is the one that is shown then', (at, number) => {
    expect(frameAt(film, at)).toBe(number)
  })
})
