import { expect, test } from 'vitest'
import type { FileView } from '#lib/contract/file-view'
import { aFileView } from '../../../tests/support/generations/file-view.ts'
import { aModelView, aRouteView } from '../../../tests/support/generations/model-view.ts'
import { formLink } from './form-link.ts'

const takesSeeds = [true, false].map((seed) => [
  aModelView({ id: 'local-preview', routes: [aRouteView({ supports: { seed } })] }),
])
const { settings } = aFileView()

function read(differences: Partial<FileView['settings']>, models = takesSeeds[0]!, isDemo = false) {
  const view = aFileView({ settings: { ...settings, ...differences }, isDemo })
  const url = new URL(formLink(view, models), 'http://localhost')
  expect(url.pathname).toBe('/tools/video-generator')
  return Object.fromEntries(url.searchParams)
}

test('F12: carries every setting, and what was written by the id of the video only', () =>
  expect(
    read({ prompt: 'дождь'.repeat(500), negativePrompt: '雨'.repeat(2000), seed: 7, maxUsd: 0.5 }),
  ).toEqual({
    from: aFileView().id,
    model: 'local-preview',
    aspectRatio: '16:9',
    duration: '5',
    resolution: '480p',
    seed: '7',
    generateAudio: 'true',
    maxUsd: '0.5',
  }))

test('leaves out the limit of what is free', () =>
  expect(read({ maxUsd: 1 }, [], true)).not.toHaveProperty('maxUsd'))

test('leaves out a seed that its maker did not take', () => {
  expect(read({ seed: 7 }, takesSeeds[1])).not.toHaveProperty('seed')
  expect(read({ seed: 7 }, [])).not.toHaveProperty('seed')
})

test('carries what the video was made from', () => {
  const inputs = {
    firstFrame: 'image_1',
    lastFrame: 'image_2',
    references: ['image_3', 'image_4'],
    sourceVideo: 'file_1',
  }
  expect(read({ inputs })).toMatchObject({ ...inputs, references: 'image_3,image_4' })
})

test('F12: is short whatever was asked for', () => {
  const id = (kind: string) => `${kind}_${'a'.repeat(24)}`
  const inputs = {
    firstFrame: id('image'),
    lastFrame: id('image'),
    references: [id('image'), id('image'), id('image')],
    sourceVideo: id('file'),
  }
  const view = aFileView({ settings: { ...settings, prompt: '猫'.repeat(2_500), inputs } })
  expect(formLink(view, []).length).toBeLessThan(600)
})
