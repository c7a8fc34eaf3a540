import { inEnglish } from '#lib/messages/translate'
import { expect, it } from 'vitest'
import { testModel } from '../../../../tests/support/generations/test-model.ts'
import { changeMessage } from './change-message.ts'
import type { ComposerValues } from './composer-values.ts'
import { keepWhatFits } from './keep-what-fits.ts'
import type { Picture } from './pictures/pictures.ts'

const model = testModel({
  label: 'Veo',
  supports: {
    aspectRatios: ['9:16', '16:9'],
    resolutions: ['720p', '1080p'],
    duration: { min: 4, max: 8, step: 2 },
    seed: false,
    negativePrompt: false,
  },
  defaults: { aspectRatio: '9:16', resolution: '720p', duration: 8, generateAudio: true },
})
const words = (before: Partial<ComposerValues>, chosen = before) =>
  inEnglish(changeMessage({ before, chosen, values: keepWhatFits(chosen, model) }, model) ?? '')

it('is empty where nothing changed', () => {
  expect(words({})).toBe('')
  expect(words({ aspectRatio: '16:9', resolution: '1080p', duration: 6 })).toBe('')
})

it('names what the model lacks, and the value set instead', () => {
  expect(words({ aspectRatio: '1:1' })).toBe('Veo doesn’t support 1:1. Changed to 9:16.')
  expect(words({ resolution: '480p', duration: 5 })).toBe(
    'Veo doesn’t support 480p or 5 s. Changed to 720p and 6 s.',
  )
})

it('names a changed default, too', () =>
  expect(words({ duration: 4 }, {})).toBe('Duration changed from 4 s to 8 s.'))

it('names what is kept for a model that can use it', () => {
  const picture = (key: string): Picture => ({
    key,
    role: 'reference',
    name: '',
    url: null,
    id: 'image_1',
    progress: 1,
    problem: null,
  })
  const chosen = { seed: '7', negativePrompt: 'text', pictures: [picture('a'), picture('b')] }
  expect(words(chosen)).toBe('Kept but not used here: seed, negative prompt and 2 pictures.')
  const sourceVideo = { id: 'file_1', prompt: '', posterUrl: null }
  expect(words({ sourceVideo, pictures: [picture('a')] })).toBe(
    'Kept but not used here: 1 picture and the video to edit.',
  )
})
