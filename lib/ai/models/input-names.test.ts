import { describe, expect, test } from 'vitest'
import { inOurNames } from './input-names.ts'

const ours = (body: unknown) => inOurNames(body)
const faultyFields = (body: unknown) => inOurNames(body).faults.map(({ field }) => field)

describe('names of other interfaces', () => {
  test.each([
    ['veo3_fast', 'veo-3.1-fast'],
    ['VEO3_FAST', 'veo-3.1-fast'],
    [' veo3 ', 'veo-3.1'],
    ['veo3_lite', 'veo-3.1-lite'],
    ['runway-aleph', 'runway-aleph'],
    ['sora-2-text-to-video', 'sora-2'],
    ['kling/v3-turbo-text-to-video', 'kling-3'],
    ['veo-3.1-fast-generate-001', 'veo-3.1-fast'],
    ['Veo-3.1-Fast', 'veo-3.1-fast'],
    ['veo-3.1-fast', 'veo-3.1-fast'],
    ['veo4', 'veo4'],
    ['__proto__', '__proto__'],
    ['', ''],
  ])('the model %s is %s', (model, id) => {
    expect(ours({ prompt: 'a', model })).toEqual({ body: { prompt: 'a', model: id }, faults: [] })
  })

  test.each([
    ['landscape', '16:9'],
    ['Portrait', '9:16'],
    ['SQUARE', '1:1'],
    ['16:9', '16:9'],
    ['panorama', 'panorama'],
    ['constructor', 'constructor'],
  ])('the ratio %s is %s', (aspectRatio, ratio) => {
    expect(ours({ aspectRatio }).body).toEqual({ aspectRatio: ratio })
  })

  test.each([
    [{ nFrames: 5 }, { duration: 5 }],
    [{ nFrames: '10' }, { duration: 10 }],
    [{ nFrames: '10', duration: 10 }, { duration: 10 }],
    [{ seeds: 12345 }, { seed: 12345 }],
    [{ seeds: [12345] }, { seed: 12345 }],
    [{ seeds: 7, seed: null }, { seed: 7 }],
    [{ enableFallback: true, enableTranslation: false }, {}],
    [{ enableFallback: false, enableTranslation: true }, { enableFallback: false }],
    // What the schema judges stays for it.
    [{ nFrames: 99 }, { duration: 99 }],
    [{ seeds: -1 }, { seed: -1 }],
    [
      { n_frames: 5, Seeds: 1 },
      { n_frames: 5, Seeds: 1 },
    ],
    [
      { model: ['veo3'], aspectRatio: 9 },
      { model: ['veo3'], aspectRatio: 9 },
    ],
  ])('%j is %j', (body, expected) => {
    expect(ours(body)).toEqual({ body: expected, faults: [] })
  })

  test.each([
    [{ nFrames: 5, duration: 8 }, 'nFrames'],
    [{ seeds: 5, seed: 8 }, 'seeds'],
    [{ seeds: [1, 2] }, 'seeds'],
    [{ seeds: [] }, 'seeds'],
    [{ seeds: '5' }, 'seeds'],
    [{ seeds: null }, 'seeds'],
    [{ nFrames: 'ten' }, 'nFrames'],
    [{ nFrames: [5] }, 'nFrames'],
    [{ nFrames: '' }, 'nFrames'],
    [{ enableFallback: 'yes' }, 'enableFallback'],
  ])('%j is refused at %s', (body, field) => {
    expect(faultyFields(body)).toEqual([field])
  })

  test.each([[null], ['veo3'], [[{ model: 'veo3' }]], [7]])('%j stays as it is', (body) => {
    expect(ours(body)).toEqual({ body, faults: [] })
  })

  test('leave what was handed in alone', () => {
    const body = Object.freeze({ model: 'veo3', nFrames: 8 })
    expect(ours(body).body).toEqual({ model: 'veo-3.1', duration: 8 })
  })
})
