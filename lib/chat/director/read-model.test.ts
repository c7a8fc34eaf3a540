import { describe, expect, test } from 'vitest'
import { catalogue, findModel } from '#lib/ai/models/catalogue'
import { readModel } from './read-model.ts'
import { parseRequest } from './parse-request.ts'
import { plan } from './plan.ts'
import { spokenLanguage } from './request.ts'

const planned = (text: string) =>
  plan({
    text,
    language: spokenLanguage([text]),
    images: [],
    earlier: [],
    made: [],
    before: undefined,
    answers: [],
  })

describe('a model that is named', () => {
  test.each([
    ['a fox in the snow with the local model', 'local-preview', 'fox in the snow'],
    ['make a video of a fox using Veo 3.1', 'veo-3.1', 'fox'],
    ['make a 4 second video of a fox with veo 3.1 fast', 'veo-3.1-fast', 'fox'],
    ['with Kling, make a video of a fox', 'kling-3', 'fox'],
    ['сделай видео про лису в снегу на локальной модели', 'local-preview', 'лису в снегу'],
    ['сделай видео про лису через Kling', 'kling-3', 'лису'],
  ])('%s', (text, model, scene) => {
    const [call] = planned(text).calls
    expect(call).toMatchObject({ toolName: 'generateVideo', input: { model, prompt: scene } })
  })

  test('makes an image where an image is asked for', () => {
    const [still] = planned('draw a fox with the local model').calls
    expect(still).toMatchObject({ toolName: 'generateImage', input: { model: 'local-still' } })
    const [other] = planned('draw a fox with nano banana pro').calls
    expect(other).toMatchObject({ input: { model: 'nano-banana-pro', prompt: 'fox' } })
  })

  test('is a change of the last video where nothing else is said', () => {
    expect(parseRequest('now with Veo 3.1 Lite')).toMatchObject({
      act: 'change',
      scene: '',
      settings: { model: { video: 'veo-3.1-lite' } },
    })
  })

  test.each([
    'a model on a runway',
    'a picnic in the Omni hotel',
    'a girl with Sora the cat',
    'a nano banana on a plate',
    'a local model of a train',
    'a boy plays with the local model railway',
    'a street in the local model of a town',
    'мальчик на локальной модели поезда',
    'a sign with "Veo 3.1" on it',
  ])('is none in %s', (text) => {
    expect(readModel(text)).toEqual({ model: undefined, rest: text })
  })

  test.each(catalogue)('is found by its label: $label', ({ id, label }) => {
    const { model, rest } = readModel(`a fox with ${label}`)
    expect(Object.values(model ?? {})).toContain(id)
    expect(rest.trim()).toBe('a fox')
    for (const known of Object.values(model!)) expect(findModel(known)).toBeDefined()
  })
})
