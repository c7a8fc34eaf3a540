import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newPrompt } from './new-prompt.ts'
import { parseRequest } from './parse-request.ts'
import { plan } from './plan.ts'
import type { DirectorRequest } from './request.ts'

const last = { kind: 'last' } as const
const second = { kind: 'number', number: 2 } as const

const understood: [text: string, request: Partial<DirectorRequest>][] = [
  [
    'make a vertical video of rain over a night city',
    { act: 'make', settings: { ratio: 'portrait' }, scene: 'rain over a night city' },
  ],
  [
    'a 5 second square clip of a cat on a bike',
    { act: 'make', settings: { seconds: 5, ratio: 'square' }, scene: 'cat on a bike' },
  ],
  ['rain over a night city', { act: 'make', scene: 'rain over a night city' }],
  ['first snow in the park', { act: 'make', target: undefined, scene: 'first snow in the park' }],
  ['Red Square at night', { act: 'make', settings: {}, scene: 'Red Square at night' }],
  ['make 3 videos of waves', { act: 'make', count: 3, scene: 'waves' }],
  ['stop motion of a dancing spoon', { act: 'make' }],
  ['show me a whale jumping', { act: 'make', scene: 'whale jumping' }],
  ['now at sunset, wider', { act: 'change', settings: { ratio: 'landscape' }, scene: 'at sunset' }],
  ['the second one, but at night', { act: 'change', target: second, scene: 'at night' }],
  [
    'the one with the cat but at night',
    { act: 'change', target: { kind: 'words', words: ['cat'] }, scene: 'at night' },
  ],
  ['make it vertical', { act: 'change', target: last, settings: { ratio: 'portrait' }, scene: '' }],
  ['turn it horizontal', { act: 'change', settings: { ratio: 'landscape' } }],
  ['make it longer', { act: 'change', settings: { length: 'longer' } }],
  ['make it 8 seconds', { act: 'change', settings: { seconds: 8 } }],
  ['Can you make the last one darker?', { act: 'change', target: last, scene: 'darker' }],
  ['three variations', { act: 'vary', count: 3 }],
  ['do it again', { act: 'vary' }],
  ['cancel the second', { act: 'cancel', target: second }],
  ['list my videos', { act: 'list', isLibrary: false }],
  ['what is in my library?', { act: 'list', isLibrary: true }],
  ['open the cat video', { act: 'show', target: { kind: 'words', words: ['cat'] } }],
  ['are you an AI?', { act: 'who' }],
  ['thanks!', { act: 'thank' }],
  ['make a video', { act: 'unclear', isWish: true }],
  ['why is it so slow?', { act: 'unclear' }],
  [
    'сделай вертикальное видео: дождь над ночным городом',
    { act: 'make', settings: { ratio: 'portrait' }, scene: 'дождь над ночным городом' },
  ],
  [
    'квадратное видео про кота на 5 секунд',
    { act: 'make', settings: { seconds: 5, ratio: 'square' }, scene: 'кота' },
  ],
  [
    'сними ролик о море в full hd, 8 секунд',
    { act: 'make', settings: { seconds: 8, resolution: '1080p' }, scene: 'море' },
  ],
  ['первый снег в парке', { act: 'make', scene: 'первый снег в парке' }],
  [
    'теперь на закате, шире',
    { act: 'change', settings: { ratio: 'landscape' }, scene: 'на закате' },
  ],
  ['второе, но ночью', { act: 'change', target: second, scene: 'ночью' }],
  ['сделай его горизонтальным', { act: 'change', target: last, settings: { ratio: 'landscape' } }],
  ['сделай подлиннее', { act: 'change', settings: { length: 'longer' } }],
  ['ещё один вариант', { act: 'vary' }],
  ['отмени второе', { act: 'cancel', target: second }],
  ['покажи первое видео', { act: 'show', target: { kind: 'number', number: 1 } }],
  ['покажи мои видео', { act: 'list' }],
  ['ты ИИ?', { act: 'who', language: 'ru' }],
]

describe('the director understands', () => {
  test.each(understood)('%s', (text, request) => {
    expect(parseRequest(text)).toMatchObject(request)
  })
})

describe('a change', () => {
  test.each([
    ['rain over a night city', 'at sunset', 'rain over a city, at sunset'],
    ['дождь над ночным городом', 'на закате', 'дождь над городом, на закате'],
    ['a cat on a roof', 'replace the cat with a dog', 'a dog on a roof'],
    ['a cat on a roof', 'add a dog', 'a cat on a roof, add a dog'],
    ['a beach in summer at night', 'in winter', 'a beach at night, in winter'],
    ['at night', 'at sunset', 'at night, at sunset'],
    ['a fox', '', 'a fox'],
  ])('of %j by %j makes %j', (old, change, expected) => {
    expect(newPrompt(old, change)).toBe(expected)
  })
})

describe('whatever is said', () => {
  const vocabulary = understood.flatMap(([text]) => text.split(' '))
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc
      .array(fc.constantFrom(...vocabulary, ',', '\n', '((', '[', '\\', '*'), { maxLength: 60 })
      .map((words) => words.join(' ')),
  )

  test('is answered with words or calls, the same for the same, and never throws', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, before) => {
        const situation = {
          text,
          before: {
            text: before,
            answer: 'What should be seen in the video? One sentence is enough.',
          },
          answers: [],
        }
        const step = plan(situation)
        expect(step.say.length + step.calls.length).toBeGreaterThan(0)
        expect(plan(situation)).toEqual(step)
      }),
      { numRuns: 500 },
    )
  })

  test('changes a prompt into one of a fitting length', () => {
    fc.assert(
      fc.property(anyText, anyText, (old, change) => {
        expect(newPrompt(old, change).length).toBeLessThanOrEqual(4000)
      }),
      { numRuns: 300 },
    )
  })

  test.each([
    'a '.repeat(4000),
    'make '.repeat(2000),
    'the one with '.repeat(600),
    ', but '.repeat(1300),
    '9'.repeat(8000),
    'я'.repeat(8000),
  ])('a long and tedious text takes no long time', (text) => {
    const begun = performance.now()
    plan({ text, before: undefined, answers: [] })
    newPrompt(text.slice(0, 4000), text.slice(0, 4000))
    expect(performance.now() - begun).toBeLessThan(1_000)
  })
})
