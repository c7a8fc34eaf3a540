import { describe, expect, test } from 'vitest'
import { aFileView } from '../../../../tests/support/generations/file-view.ts'
import { testModel } from '../../../../tests/support/generations/test-model.ts'
import { templateSettingsSchemas } from '#lib/contract/library/template-schemas'
import { filledPrompt } from '#lib/contract/library/templates'
import { fromView } from '../form/composer-values.ts'
import { keepWhatFits } from '../form/keep-what-fits.ts'
import { videoKind } from '../kinds/video-kind.ts'
import { composerOf, draftOfFile } from './composer-template.ts'

const now = { model: 'm', maxUsd: '0.5' }

describe('a template fills the composer', () => {
  test('with all it has, what the model cannot take included', () => {
    const settings = {
      prompt: 'A {fox}',
      model: 'gone',
      aspectRatio: '16:9',
      duration: 8,
      seed: 7,
      negativePrompt: 'rain',
      maxUsd: null,
      inputs: { firstFrame: `image_${'0'.repeat(24)}` },
    } as const
    expect(composerOf({ settings }, 'A red fox', now)).toMatchObject({
      prompt: 'A red fox',
      model: 'gone',
      aspectRatio: '16:9',
      seed: '7',
      negativePrompt: 'rain',
      maxUsd: '',
      pictures: [{ role: 'firstFrame', id: `image_${'0'.repeat(24)}` }],
    })
  })

  test('and keeps the model and the limit where it names none', () => {
    const composer = composerOf({ settings: { prompt: 'A', aspectRatio: '1:1' } }, 'A', now)
    expect(composer).toMatchObject({ model: 'm', maxUsd: '0.5', aspectRatio: '1:1' })
    expect(keepWhatFits(composer, testModel({})).duration).toBe(testModel({}).defaults.duration)
  })
})

test('a file becomes a template that the server takes, with its prompt as it is and no seed', () => {
  const view = aFileView({})
  view.settings.prompt = 'A {fox} in {"json": {}}'
  const { settings, kind } = draftOfFile(view)
  expect(templateSettingsSchemas[kind as 'video'].safeParse(settings)).toMatchObject({
    success: true,
  })
  expect(settings.seed).toBeUndefined()
  expect(filledPrompt(settings.prompt, {})).toBe('A {fox} in {"json": {}}')
})

test('what the form would send is what a template takes', () => {
  const model = testModel({})
  const values = keepWhatFits({ ...fromView(aFileView({})), seed: '4', maxUsd: '1,5' }, model)
  const {
    variations: _variations,
    useCache: _useCache,
    ...settings
  } = videoKind.toRequest(values, model)
  expect(templateSettingsSchemas.video.safeParse(settings)).toMatchObject({ success: true })
})
