import { expect, test } from 'vitest'
import { aFileView } from '../../tests/support/file-view.ts'
import { formLink } from './form-link.ts'

test('carries every setting, whatever stands in the prompt', () => {
  const { settings } = aFileView()
  const link = formLink({ settings: { ...settings, prompt: 'дождь & ночь #1?', seed: 7 } })
  const url = new URL(link, 'http://localhost')
  expect(url.pathname).toBe('/tools/video-generator')
  expect(Object.fromEntries(url.searchParams)).toEqual({
    prompt: 'дождь & ночь #1?',
    model: 'local-preview',
    aspectRatio: '16:9',
    duration: '5',
    resolution: '480p',
    seed: '7',
    generateAudio: 'true',
  })
})
