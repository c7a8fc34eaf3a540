import { expect, it } from 'vitest'
import { fromSettings, initialValues, toRequest } from './composer-values.ts'
import { testModel } from './test-model.ts'

const filled = { ...initialValues, prompt: 'A wave', seed: '7', negativePrompt: 'text' }

it('asks for all that the model takes', () => {
  expect(toRequest(filled, testModel({}))).toMatchObject({
    prompt: 'A wave',
    model: 'm',
    seed: 7,
    negativePrompt: 'text',
    generateAudio: true,
  })
})

it('leaves out what the model does not take', () => {
  const supports = { seed: false, negativePrompt: false, audio: false }
  expect(toRequest(filled, testModel({ supports }))).toMatchObject({
    seed: null,
    negativePrompt: null,
    generateAudio: false,
  })
})

it('reads an empty seed as random, and zero as zero', () => {
  expect(toRequest({ ...filled, seed: ' ' }, testModel({})).seed).toBeNull()
  expect(toRequest({ ...filled, seed: '0' }, testModel({})).seed).toBe(0)
})

it('comes back from the settings of a video', () => {
  const settings = {
    prompt: 'A wave',
    model: 'm',
    aspectRatio: '1:1',
    duration: 4,
    resolution: '480p',
    seed: 7,
    negativePrompt: null,
    generateAudio: false,
  } as const
  expect(toRequest(fromSettings(settings), testModel({}))).toEqual(settings)
})
