import { expect, it } from 'vitest'
import { readDeepLink } from './deep-link.ts'

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

it('passes over what is wrong, unknown or said twice', () => {
  const params = { aspectRatio: '4:3', duration: 'long', generateAudio: 'maybe', utm: 'x' }
  expect(readDeepLink(params)).toEqual({})
  expect(readDeepLink({ prompt: ['first', 'second'] })).toEqual({ prompt: 'first' })
})
