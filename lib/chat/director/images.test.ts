import { describe, expect, test } from 'vitest'
import { plan } from './plan.ts'
import { spokenLanguage } from './request.ts'
import type { Situation } from './situation.ts'

function situation(text: string, more: Partial<Situation> = {}): Situation {
  const language = spokenLanguage([text])
  return {
    text,
    language,
    images: [],
    earlier: [],
    made: [],
    before: undefined,
    answers: [],
    ...more,
  }
}

describe('images', () => {
  const asks = (text: string) => plan(situation(text))
  test.each([
    ['make a picture of a fox in the snow', 'fox in the snow'],
    ['draw a fox in the snow', 'fox in the snow'],
    ['draw a fox', 'fox'],
    ['create an image: a fox in the snow', 'a fox in the snow'],
    ['please paint me a quiet harbour at dawn', 'quiet harbour at dawn'],
    ['нарисуй лису в снегу', 'лису в снегу'],
    ['нарисуй лису', 'лису'],
    ['сделай картинку: лиса в снегу', 'лиса в снегу'],
    ['создай изображение лисы в снегу', 'лисы в снегу'],
    ['нужна иллюстрация: тихая гавань на рассвете', 'тихая гавань на рассвете'],
    ['сгенерируй квадратное фото старого моста', 'старого моста'],
  ])('%s', (text, scene) => {
    const [call] = asks(text).calls
    expect(call?.toolName).toBe('generateImage')
    const { prompt } = call!.input as { prompt: string }
    expect(prompt).toContain(scene)
    expect(prompt).not.toMatch(/clip|ролик|картинк|изображени/)
  })

  test('are as many as are asked for, and in the format that is asked for', () => {
    const { calls } = asks('make 3 pictures of a red door, square format')
    expect(calls.map(({ toolName }) => toolName)).toEqual(Array(3).fill('generateImage'))
    expect(calls[0]!.input).toMatchObject({ aspectRatio: 'square' })
  })

  test.each([
    'make a video of a picture falling off the wall',
    'a vertical video of rain over a night city',
    'сними видео: художник рисует картину',
    'make a video where a child draws a house',
    'draw a video of a fox running',
  ])('no image: %s', (text) =>
    expect(asks(text).calls.map(({ toolName }) => toolName)).toEqual(['generateVideo']),
  )

  const image = {
    fileId: `file_${'i'.repeat(24)}`,
    number: 1,
    kind: 'image',
    prompt: 'a fox in the snow',
    seconds: 0,
    aspectRatio: '1:1',
    resolution: '1K',
    model: 'Local',
    status: 'completed',
    costUsd: 0,
    createdAt: '2026-01-01T00:00:00.000Z',
  }
  const listed = { toolName: 'listVideos', kind: 'value' as const, value: { videos: [image] } }
  test.each(['animate it', 'animate the picture', 'оживи её', 'оживи картинку'])(
    'begins a video: %s',
    (text) => {
      const { calls } = plan(situation(text, { made: ['file_other', image.fileId] }))
      expect(calls).toMatchObject([{ toolName: 'generateVideo', input: { image: image.fileId } }])
      expect(plan(situation(text))).toMatchObject({ question: 'askImage', calls: [] })
    },
  )

  test('becomes a video where it is turned into one', () => {
    const { calls } = plan(situation('turn it into a video', { answers: [listed] }))
    expect(calls).toMatchObject([{ toolName: 'generateVideo', input: { image: image.fileId } }])
  })

  test('is changed as an image', () => {
    const { calls, say } = plan(situation('make it at night', { answers: [listed] }))
    expect(calls).toMatchObject([
      { toolName: 'generateImage', input: { fromFileId: image.fileId } },
    ])
    expect(say).toContain('image 1')
  })
})
