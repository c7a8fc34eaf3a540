import { expect, it } from 'vitest'
import { noInputs } from '#lib/contract/generation-inputs'
import { aFileView } from '../../../../tests/support/generations/file-view.ts'
import { testModel } from '../../../../tests/support/generations/test-model.ts'
import { fromSettings, initialValues, toRequest } from './composer-values.ts'

const filled = { ...initialValues, prompt: 'A wave', seed: '7', negativePrompt: 'text' }

it('requests everything the model supports', () => {
  expect(toRequest(filled, testModel())).toMatchObject({
    prompt: 'A wave',
    model: 'm',
    seed: 7,
    negativePrompt: 'text',
    generateAudio: true,
    inputs: noInputs,
    variations: 1,
    maxUsd: null,
    useCache: false,
  })
})

it('leaves out what the model does not support', () => {
  const supports = { seed: false, negativePrompt: false, audio: false }
  expect(toRequest(filled, testModel({ supports }))).toMatchObject({
    seed: null,
    negativePrompt: null,
    generateAudio: false,
  })
})

it('requests sound from a model that cannot be silent', () => {
  const model = testModel({ supports: { silence: false } })
  expect(toRequest({ ...filled, generateAudio: false }, model).generateAudio).toBe(true)
})

it('reads an empty seed as random, and zero as zero', () => {
  expect(toRequest({ ...filled, seed: ' ' }, testModel()).seed).toBeNull()
  expect(toRequest({ ...filled, seed: '0' }, testModel()).seed).toBe(0)
})

it('reads a limit in dollars as it is typed', () => {
  expect(toRequest({ ...filled, maxUsd: '0,50' }, testModel()).maxUsd).toBe(0.5)
  expect(toRequest({ ...filled, maxUsd: 'half' }, testModel()).maxUsd).toBeNaN()
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
    inputs: {
      firstFrame: 'image_1',
      lastFrame: 'image_2',
      references: ['image_3', 'image_4'],
      sourceVideo: 'file_1',
    },
    maxUsd: 1.5,
  } as const
  const values = {
    ...initialValues,
    ...fromSettings({
      ...settings,
      inputs: { ...settings.inputs, references: [...settings.inputs.references] },
    }),
  }
  expect(toRequest(values, testModel())).toMatchObject(settings)
})

it('shows the limit of a video, and none where there was none', () => {
  const { settings } = aFileView()
  expect(fromSettings({ ...settings, maxUsd: 0.5 }).maxUsd).toBe('0.5')
  expect(fromSettings(settings).maxUsd).toBe('')
})
