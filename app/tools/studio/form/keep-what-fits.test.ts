import { describe, expect, it } from 'vitest'
import { testModel } from '../../../../tests/support/generations/test-model.ts'
import { initialValues } from './composer-values.ts'
import { keepWhatFits } from './keep-what-fits.ts'

describe('keepWhatFits', () => {
  it('keeps everything that the other model supports', () => {
    const values = { ...initialValues, aspectRatio: '1:1' as const, duration: 7, seed: '3' }
    expect(keepWhatFits(values, testModel({}))).toEqual({ ...values, model: 'm' })
  })

  it('takes the default for a format or resolution that it lacks', () => {
    const supports = { aspectRatios: ['16:9' as const], resolutions: ['1080p' as const] }
    const model = testModel({
      supports,
      defaults: { aspectRatio: '16:9', resolution: '1080p', duration: 5, generateAudio: true },
    })
    expect(keepWhatFits(initialValues, model)).toMatchObject({
      aspectRatio: '16:9',
      resolution: '1080p',
    })
  })

  it.each([
    [3, 5],
    [7, 5],
    [8, 10],
    [60, 10],
  ])('moves %d s to the nearest length, %d s', (duration, nearest) => {
    const model = testModel({ supports: { duration: { min: 5, max: 10, step: 5 } } })
    expect(keepWhatFits({ ...initialValues, duration }, model).duration).toBe(nearest)
  })

  it('stays below a limit that is no whole step', () => {
    const model = testModel({ supports: { duration: { min: 2, max: 9, step: 4 } } })
    expect(keepWhatFits({ ...initialValues, duration: 9 }, model).duration).toBe(6)
  })
})
