import { expect, it } from 'vitest'
import { valuesOf } from './use-editor.ts'

const film = {
  id: 'file_1',
  type: 'video',
  title: '',
  url: '',
  posterUrl: null,
  filmstripUrl: null,
  filmstripFrames: null,
  durationSeconds: 3,
  hasSound: true,
  posterSeconds: null,
  width: 160,
  height: 96,
  sizeBytes: 1,
} as const

it('opens with what was done before, to the value', () => {
  for (const order of [
    { operation: 'trim', from: 0.5, to: 2 },
    { operation: 'crop', aspectRatio: '1:1', focus: { x: 0.2, y: 0.9 } },
    { operation: 'loop', times: 7 },
    { operation: 'mute' },
    { operation: 'animation', format: 'webp', from: 1, to: 2, width: 240, fps: 8 },
    { operation: 'frame', at: 1.5 },
  ] as const)
    expect(valuesOf(order, film)).toEqual(order)
})

it('takes the first and the last frame for moments of the film, and a join for none of its own', () => {
  expect(valuesOf({ operation: 'frame', at: 'first' }, film)).toMatchObject({ at: 0 })
  expect(valuesOf({ operation: 'frame', at: 'last' }, film)).toMatchObject({ at: 3 })
  expect(valuesOf({ operation: 'join' }, film)).toEqual({})
  expect(valuesOf(undefined, film)).toEqual({})
})
