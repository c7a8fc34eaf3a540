import { expect, it } from 'vitest'
import { readDeepLink } from './deep-link.ts'
import { inputsOf } from './pictures/inputs.ts'

it('reads every setting it knows', () => {
  const params = {
    prompt: 'A wave',
    model: 'local-preview',
    aspectRatio: '1:1',
    duration: '6',
    resolution: '1080p',
    seed: '7',
    negativePrompt: 'text',
    generateAudio: 'false',
  }
  expect(readDeepLink(params)).toEqual({ ...params, duration: 6, generateAudio: false })
})

it('reads pictures, film and limit, as the history fills them in', () => {
  const id = (letter: string, kind = 'image') => `${kind}_${letter.repeat(24)}`
  const link = readDeepLink({
    firstFrame: id('a'),
    lastFrame: id('b'),
    references: [id('c'), id('c'), id('d'), 'image_x', id('e'), id('f')].join(','),
    sourceVideo: id('g', 'file'),
    maxUsd: '0.5',
  })
  expect(
    inputsOf({ pictures: link.pictures ?? [], sourceVideo: link.sourceVideo ?? null }),
  ).toEqual({
    firstFrame: id('a'),
    lastFrame: id('b'),
    references: [id('c'), id('d'), id('e')],
    sourceVideo: id('g', 'file'),
  })
  expect(link.pictures?.[0]?.url).toBe(`/api/media/${id('a')}/source`)
  expect(link.maxUsd).toBe('0.5')
  const wrong = { firstFrame: '../x', sourceVideo: id('a'), references: '', maxUsd: '-1' }
  expect(readDeepLink(wrong)).toEqual({})
})

it('ignores invalid, unknown and repeated values', () => {
  const params = { aspectRatio: '4:3', duration: 'long', generateAudio: 'maybe', utm: 'x' }
  expect(readDeepLink(params)).toEqual({})
  expect(readDeepLink({ prompt: ['first', 'second'] })).toEqual({ prompt: 'first' })
})

it('F12: reads the id of the video whose texts are meant, and no other words', () => {
  const from = `file_${'a'.repeat(24)}`
  expect(readDeepLink({ from })).toEqual({ from })
  expect(readDeepLink({ from: '../chat' })).toEqual({})
  const reuse = `file_${'0'.repeat(24)}`
  expect(readDeepLink({ reuse })).toEqual({ reuse })
  expect(readDeepLink({ reuse: 'image_1' })).toEqual({})
})

it('reads the id of the video that is shown', () => {
  const video = `file_${'a'.repeat(24)}`
  expect(readDeepLink({ video })).toEqual({ video })
  expect(readDeepLink({ video: 'image_1' })).toEqual({})
})
