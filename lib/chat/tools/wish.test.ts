import { expect, test } from 'vitest'
import { noInputs } from '#lib/contract/generation-inputs'
import type { FileRow } from '../../generations/row.ts'
import { wishOf } from './wish.ts'

const inputs = { ...noInputs, firstFrame: 'image_old', lastFrame: 'image_last' }
const image = { id: 'image_new', width: 640, height: 360 }
const from = {
  aspectRatio: '9:16',
  duration: 6,
  resolution: '720p',
  negativePrompt: 'text',
  generateAudio: true,
  inputs,
} as FileRow

const wish = (input: object, video?: FileRow, picture?: typeof image) =>
  wishOf({ prompt: 'a fox', ...input }, video, picture)

test('the older way to give a length is one, and seconds go before it', () => {
  expect(wish({ nFrames: 10 }).seconds).toBe(10)
  expect(wish({ nFrames: 5 }, from).seconds).toBe(5)
  expect(wish({ nFrames: 10, seconds: 7 }).seconds).toBe(7)
})

test('longer is the next length from that of the video before, and nothing without one', () => {
  expect(wish({ length: 'longer' }, from)).toMatchObject({
    seconds: undefined,
    next: { length: 'longer', than: 6 },
  })
  expect(wish({ length: 'longer' })).toMatchObject({ seconds: undefined, next: undefined })
  expect(wish({ length: 'shorter', seconds: 4 }, from)).toMatchObject({
    seconds: 4,
    next: undefined,
  })
})

test('what is not said is that of the video before, or open', () => {
  expect(wish({ aspectRatio: 'square' }, from)).toMatchObject({
    aspectRatio: '1:1',
    seconds: 6,
    resolution: '720p',
    negativePrompt: 'text',
    sound: true,
    inputs,
    seed: null,
  })
  expect(wish({ seed: 0 })).toMatchObject({
    aspectRatio: undefined,
    seconds: undefined,
    sound: undefined,
    inputs: noInputs,
    seed: 0,
  })
})

test('an image that is named takes the place of what the video before began with', () => {
  const named = { image: image.id }
  expect(wish(named, from, image).inputs).toEqual({ ...noInputs, firstFrame: 'image_new' })
  expect(wish(named, undefined, image).inputs.firstFrame).toBe('image_new')
})
