import { expect, test } from 'vitest'
import { noInputs } from '#lib/contract/generation-inputs'
import type { VideoRow } from '../core.ts'
import { nearestRatio } from '#lib/contract/generation-inputs'
import { requirementsOf } from './model-match.ts'

const inputs = { ...noInputs, firstFrame: 'image_old', lastFrame: 'image_last' }
const image = { id: 'image_new', width: 640, height: 360 }
const settings = {
  aspectRatio: '9:16',
  duration: 6,
  resolution: '720p',
  negativePrompt: 'text',
  generateAudio: true,
  inputs,
}
const from = { settings } as VideoRow

const required = (input: object, video?: VideoRow, picture?: typeof image) =>
  requirementsOf({ prompt: 'a fox', ...input }, video, picture)

test('nFrames gives a length, and seconds override it', () => {
  expect(required({ nFrames: 10 }).seconds).toBe(10)
  expect(required({ nFrames: 5 }, from).seconds).toBe(5)
  expect(required({ nFrames: 10, seconds: 7 }).seconds).toBe(7)
})

test('longer is the next length up from the video before, and has no effect without one', () => {
  expect(required({ length: 'longer' }, from)).toMatchObject({
    seconds: undefined,
    next: { length: 'longer', than: 6 },
  })
  expect(required({ length: 'longer' })).toMatchObject({ seconds: undefined, next: undefined })
  expect(required({ length: 'shorter', seconds: 4 }, from)).toMatchObject({
    seconds: 4,
    next: undefined,
  })
})

test('what is not specified comes from the video before, or stays open', () => {
  expect(required({ aspectRatio: 'square' }, from)).toMatchObject({
    aspectRatio: '1:1',
    seconds: 6,
    resolution: '720p',
    negativePrompt: 'text',
    sound: true,
    inputs,
    seed: null,
  })
  expect(required({ seed: 0 })).toMatchObject({
    aspectRatio: undefined,
    seconds: undefined,
    sound: undefined,
    inputs: noInputs,
    seed: 0,
  })
})

test('a named image replaces the first frame of the video before', () => {
  const named = { image: image.id }
  expect(required(named, from, image).inputs).toEqual({ ...noInputs, firstFrame: 'image_new' })
  expect(required(named, undefined, image).inputs.firstFrame).toBe('image_new')
})

test('a picture gets the format it loses least in', () => {
  const ratios = ['9:16', '16:9', '1:1'] as const
  expect(nearestRatio(ratios, { width: 1500, height: 1000 })).toBe('16:9')
  expect(nearestRatio(ratios, { width: 1000, height: 900 })).toBe('1:1')
  expect(nearestRatio(['9:16', '16:9'], { width: 900, height: 1000 })).toBe('9:16')
})
