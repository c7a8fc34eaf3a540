import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lengthOf } from '#lib/contract/text/plain-text'
import { message } from '#lib/messages/message'
import { sayIn } from '#lib/messages/translate'
import { newPrompt } from './new-prompt.ts'
import { parseRequest } from './parse-request.ts'
import { plan } from './plan.ts'
import { type DirectorRequest, spokenLanguage } from './request.ts'
import {
  type ModelPrompt,
  type Situation,
  type ToldImage,
  imageMark,
  questionMark,
  readImageMarks,
  readSituation,
} from './situation.ts'
import { anyText } from '../../../tests/support/any-text.ts'

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
  ['make a video', { act: 'unclear', wantsVideo: true }],
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

const aboutImages: [text: string, request: Partial<DirectorRequest>][] = [
  ['animate this', { act: 'make', image: { kind: 'this' }, scene: '' }],
  ['animate this with a slow zoom', { act: 'make', image: { kind: 'this' }, scene: 'slow zoom' }],
  ['Please animate my photo!', { act: 'make', image: { kind: 'this' }, scene: '' }],
  ['Can you animate this picture?', { act: 'make', image: { kind: 'this' }, scene: '' }],
  ['bring this photo to life', { act: 'make', image: { kind: 'this' }, scene: '' }],
  [
    'make a video from this picture, slow zoom',
    { act: 'make', image: { kind: 'this' }, scene: 'slow zoom' },
  ],
  [
    'turn this image into a video: the waves roll',
    { act: 'make', image: { kind: 'this' }, scene: 'waves roll' },
  ],
  [
    'make a 5 second square video out of the picture',
    { act: 'make', image: { kind: 'this' }, settings: { seconds: 5, ratio: 'square' } },
  ],
  ['animate these pictures', { act: 'make', image: { kind: 'all' } }],
  [
    'use the picture from before, slow zoom',
    { act: 'make', image: { kind: 'earlier' }, scene: 'slow zoom' },
  ],
  ['a video with the image I sent earlier, slow zoom', { act: 'make', image: { kind: 'earlier' } }],
  ['use the first picture', { act: 'make', image: { kind: 'number', number: 1 }, scene: '' }],
  [
    'animate the second image, clouds drift by',
    { act: 'make', image: { kind: 'number', number: 2 }, scene: 'clouds drift by' },
  ],
  ['animate image 3', { act: 'make', image: { kind: 'number', number: 3 }, scene: '' }],
  ['the same picture, but at night', { act: 'change', image: { kind: 'same' }, scene: 'at night' }],
  [
    'the second one, but with this picture',
    { act: 'change', target: second, image: { kind: 'this' } },
  ],
  ['оживи эту картинку', { act: 'make', image: { kind: 'this' }, scene: '', language: 'ru' }],
  ['сделай видео из картинки', { act: 'make', image: { kind: 'this' }, scene: '' }],
  [
    'сделай из этого фото вертикальное видео, медленный наезд',
    {
      act: 'make',
      image: { kind: 'this' },
      settings: { ratio: 'portrait' },
      scene: 'медленный наезд',
    },
  ],
  [
    'оживи первую картинку: волны бегут к берегу',
    { act: 'make', image: { kind: 'number', number: 1 }, scene: 'волны бегут к берегу' },
  ],
  [
    'возьми картинку, которую я присылал, медленный наезд',
    { act: 'make', image: { kind: 'earlier' }, scene: 'медленный наезд' },
  ],
  ['возьми картинку', { act: 'make', image: { kind: 'this' } }],
  ['take a picture of a cat on a roof', { act: 'make', image: undefined }],
  ['та же картинка, но ночью', { act: 'change', image: { kind: 'same' }, scene: 'ночью' }],
  ['make a video of a picture on a wall', { act: 'make', image: undefined }],
  ['the picture on the wall falls down', { act: 'make', image: undefined }],
  ['a man with a photo in his hand', { act: 'make', image: undefined }],
  ['видео про фотографа и его снимки', { act: 'make', image: undefined }],
  ['animate a dancing cat', { act: 'make', image: undefined, scene: 'dancing cat' }],
]

describe('the director understands of images', () => {
  test.each(aboutImages)('%s', (text, request) => {
    expect(parseRequest(text)).toMatchObject(request)
  })
})

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

function aSituation(text: string, more: Partial<Situation> = {}): Situation {
  const nothing = { images: [], earlier: [], made: [], before: undefined, answers: [] }
  return { text, language: spokenLanguage([text]), ...nothing, ...more }
}

/** Images with some messages, none with others. */
function told(text: string): ToldImage[] {
  return text.includes('i') ? [{ number: 1, id: `image_${'1'.repeat(24)}` }] : []
}

describe('whatever is said', () => {
  const vocabulary = [...understood, ...aboutImages].flatMap(([text]) => text.split(' '))
  const anySaid = fc.oneof(
    anyText({ maxLength: 400 }),
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc
      .array(fc.constantFrom(...vocabulary, ',', '\n', '((', '[', '\\', '*'), { maxLength: 60 })
      .map((words) => words.join(' ')),
  )

  test('is answered with words or calls, the same for the same, and never throws', () => {
    fc.assert(
      fc.property(anySaid, anySaid, (text, before) => {
        const situation = aSituation(text, {
          images: told(text),
          earlier: told(before),
          before: { text: before, images: told(before), question: 'askScene' },
        })
        const step = plan(situation)
        expect(step.say.length + step.calls.length).toBeGreaterThan(0)
        expect(plan(situation)).toEqual(step)
      }),
      { numRuns: 500 },
    )
  })

  test('changes a prompt into one of a fitting length', () => {
    fc.assert(
      fc.property(anySaid, anySaid, (old, change) => {
        expect(newPrompt(old, change).length).toBeLessThanOrEqual(4000)
      }),
      { numRuns: 300 },
    )
  })

  const family = '👩‍👩‍👧‍👦'
  test.each([
    ['a'.repeat(4000), 'at night'],
    ['雨'.repeat(3999), 'ночью'],
    [family.repeat(570), 'with rain'],
    ['नमस्ते '.repeat(570), 'with rain'],
  ])(
    'F12: a change of a prompt of full length is kept whole, and no letter is cut',
    (old, change) => {
      const prompt = newPrompt(old, change)
      expect(lengthOf(prompt)).toBeLessThanOrEqual(4000)
      expect(lengthOf(prompt)).toBeGreaterThan(3970)
      expect(prompt.endsWith(`, ${change}`)).toBe(true)
      const letters = (text: string) =>
        new Set(Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment))
      expect([...letters(prompt)].filter((one) => !letters(`${old}, ${change}`).has(one))).toEqual(
        [],
      )
    },
  )

  test('F12: a change that alone is too long is the prompt', () => {
    expect(newPrompt('a fox', '🦊'.repeat(5000))).toBe('🦊'.repeat(4000))
  })

  test('what is swapped in is taken as it is written', () => {
    expect(newPrompt('a cat on a roof', "cat to $& and $' too")).toBe("$& and $' too on a roof")
  })

  test.each([
    'a '.repeat(4000),
    'make '.repeat(2000),
    'the one with '.repeat(600),
    ', but '.repeat(1300),
    '9'.repeat(8000),
    'я'.repeat(8000),
  ])('a long and tedious text comes to its end', (text) => {
    // A pattern that went back again and again would take years.
    expect(plan(aSituation(text, { images: told('i') }))).toBeDefined()
    expect(newPrompt(text.slice(0, 4000), text.slice(0, 4000))).toBeDefined()
  })
})

test('F26: a text that is too long for a prompt makes no video without its end', () => {
  const words = 'a fox in the snow '.repeat(300)
  const long = plan(aSituation(`make a video of ${words}`))
  expect(long).toEqual({ say: expect.stringContaining('too many'), calls: [] })

  const video = { fileId: 'one', number: 1, prompt: 'x'.repeat(3_990), image: null }
  const answers = [{ toolName: 'listVideos', kind: 'value' as const, value: { videos: [video] } }]
  const change = plan(aSituation('the first one, but at night with rain', { answers }))
  expect(change).toEqual({ say: expect.stringContaining('too many'), calls: [] })
  const again = plan(aSituation('do it again', { answers }))
  expect(again.calls).toMatchObject([{ input: { prompt: video.prompt } }])
})

describe('of the images of a conversation', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((letter, index) => ({
    number: index + 1,
    id: `image_${letter.repeat(24)}`,
  })) as [ToldImage, ToldImage, ToldImage]
  const stepAfter = (text: string, told: Partial<Situation> = {}) => plan(aSituation(text, told))
  const inputs = (step: ReturnType<typeof plan>) => step.calls.map(({ input }) => input)

  test('the attached one is meant, in its own format, whatever it is called', () => {
    for (const text of ['animate this', 'make it move', 'slow zoom', 'a video', 'оживи её'])
      expect(inputs(stepAfter(text, { images: [b], earlier: [a] }))).toEqual([
        { prompt: expect.any(String) as string, image: b.id },
      ])
    expect(inputs(stepAfter('animate this, square', { images: [a] }))).toMatchObject([
      { aspectRatio: 'square' },
    ])
  })

  test('an earlier one is found by its number, or as the one from before', () => {
    const earlier = [a, b]
    const imageOf = (text: string, told: Partial<Situation> = {}) =>
      inputs(stepAfter(text, { earlier, ...told }))
    expect(imageOf('animate the first picture')).toMatchObject([{ image: a.id }])
    expect(imageOf('use the picture from before, slow zoom')).toMatchObject([
      { image: b.id, prompt: 'slow zoom' },
    ])
    expect(imageOf('оживи первую картинку')).toMatchObject([{ image: a.id }])
    expect(imageOf('use the picture from before', { images: [c] })).toMatchObject([{ image: b.id }])
    expect(imageOf('animate the second picture', { images: [c, a] })).toMatchObject([
      { image: a.id },
    ])
  })

  test('several are one video each only where that is said', () => {
    const images = [a, b]
    expect(inputs(stepAfter('animate this', { images }))).toMatchObject([{ image: a.id }])
    expect(inputs(stepAfter('animate these pictures', { images }))).toMatchObject([
      { image: a.id },
      { image: b.id },
    ])
  })

  test('where there is none, one question is asked, and its answer goes on', () => {
    for (const text of ['animate this, slow zoom', 'use the first picture', 'animate image 7']) {
      const step = stepAfter(text, { earlier: text.includes('7') ? [a] : [] })
      expect(step).toEqual({
        say: expect.stringContaining('Which image') as string,
        question: 'askImage',
        calls: [],
      })
    }
    expect(stepAfter('оживи картинку').say).toContain('Какую картинку')
    const before = {
      text: 'animate this picture, slow zoom',
      images: [],
      question: 'askImage' as const,
    }
    expect(inputs(stepAfter('', { images: [a], before }))).toEqual([
      { prompt: 'slow zoom', image: a.id },
    ])
  })

  test('one that nothing is said of is asked about, and the answer is about it', () => {
    for (const text of ['', 'hello', 'what is this?', '?!']) {
      const { say, calls } = stepAfter(text, { images: [a] })
      expect(calls).toEqual([])
      expect(say).toContain('What should happen in the image?')
    }
    const before = {
      text: '',
      images: [a],
      question: 'askMotion' as const,
    }
    expect(inputs(stepAfter('zoom', { earlier: [a], before }))).toEqual([
      { prompt: 'zoom', image: a.id },
    ])
  })

  test('"the same, but" is a version of the last video that begins with one', () => {
    const brief = { seconds: 8, aspectRatio: '9:16', resolution: '720p', status: 'completed' }
    const videos = [
      { ...brief, fileId: 'one', number: 1, prompt: 'slow zoom', image: a.id },
      { ...brief, fileId: 'two', number: 2, prompt: 'a dog', image: null },
    ]
    const list = [{ toolName: 'listVideos', kind: 'value' as const, value: { videos } }]
    const text = 'the same picture, but at night'
    expect(stepAfter(text, { earlier: [a, b] }).calls).toMatchObject([{ toolName: 'listVideos' }])
    expect(inputs(stepAfter(text, { earlier: [a, b], answers: list }))).toEqual([
      { prompt: 'slow zoom, at night', fromFileId: 'one', image: a.id },
    ])
    const none = [{ ...list[0]!, value: { videos: [] } }]
    expect(inputs(stepAfter(text, { earlier: [a, b], answers: none }))).toEqual([
      { prompt: 'at night', image: b.id },
    ])
    expect(stepAfter(text, { answers: none }).say).toContain('Which image')
    expect(
      inputs(stepAfter('the second one, but with this picture', { images: [b], answers: list })),
    ).toEqual([{ prompt: 'a dog', fromFileId: 'two', image: b.id }])
  })

  test('the words that stand for them are none of the text', () => {
    const mark = imageMark(2, b.id)
    expect(readImageMarks(`animate this\n\n${mark}`)).toEqual({
      images: [{ number: 2, id: b.id }],
      text: 'animate this',
    })
    expect(readImageMarks('[image 2: image_x]').images).toEqual([])
  })
})

test.each([
  ['rain', { act: 'make', settings: { ratio: 'portrait' } }],
  ['ocean', { act: 'make', settings: { ratio: 'landscape', seconds: 8 } }],
  ['snow', { act: 'make', settings: { ratio: 'square' } }],
] as const)('the example %s is understood in both languages', (example, request) => {
  for (const locale of ['en', 'ru'] as const) {
    const text = sayIn(locale, message(`chat.empty.${example}`))
    expect(parseRequest(text)).toMatchObject({ ...request, language: locale })
  }
})

describe('the language', () => {
  test.each([
    ['a fox', 'en'],
    ['лиса', 'ru'],
    ['сделай видео: A cat runs through neon Tokyo', 'ru'],
    ['make a video of a sign that says «Привет»', 'en'],
    ['a shop called "Хлеб"', 'en'],
    ['«Привет»', 'ru'],
    ['HD видео про кота', 'ru'],
    ['', 'en'],
    ['7!', 'en'],
  ])('of %j is %s', (text, language) => expect(spokenLanguage([text])).toBe(language))

  test('of what has no letters is that of the message before', () => {
    expect(spokenLanguage(['2', '', 'три лисы', 'hello'])).toBe('ru')
    expect(spokenLanguage(['👍', 'hello', 'привет'])).toBe('en')
  })

  const said = (text: string, more: Partial<Situation> = {}) => plan(aSituation(text, more)).say
  const brief = { seconds: 8, aspectRatio: '9:16', resolution: '720p', status: 'completed' }
  const answered = (toolName: string, value: object) => ({
    answers: [{ toolName, kind: 'value' as const, value }],
  })
  const listOf = (count: number) =>
    answered('listVideos', {
      videos: Array.from({ length: count }, (_, index) => ({
        ...brief,
        number: index + 1,
        prompt: 'a fox',
      })),
    })

  test('counts as its grammar does', () => {
    const first = (count: number, text: string) => said(text, listOf(count)).split('\n')[0]
    expect(first(1, 'list my videos')).toBe('1 video:')
    expect(first(5, 'list my videos')).toBe('5 videos:')
    expect(first(25, 'list my videos')).toBe('25 videos, the last 12:')
    expect(first(21, 'покажи мои видео')).toBe('21 видео, последние 12:')
    expect(said('отмени 7', listOf(0))).toBe('Здесь пока нет видео. Что снять?')
    expect(said('отмени видео 7', listOf(1))).toContain('Здесь только одно.')
    expect(said('отмени видео 70', listOf(22))).toContain('Здесь их 22. Назовите номер.')
    expect(said('сделай 3 видео про кота')).toBe('Принято: 3 видео.')
    expect(said('сделай видео про кота')).toBe('Принято.')
  })

  const video = { ...brief, fileId: 'one', number: 3, prompt: 'a fox', model: 'Veo', costUsd: 0.4 }

  test('writes money, time and what gave way as it does', () => {
    const insteadOf = { seconds: 2, resolution: '480p', sound: true, model: 'Wan' }
    const made = answered('generateVideo', { ...video, image: 'image_1', insteadOf })
    expect(said('a fox on ice', made)).toBe(
      'Started as video 3: 8 s, 9:16, 720p. It starts from your image. Veo makes it for about $0.40. ' +
        'It appears in its card when it is ready. ' +
        'The closest match: 8 s instead of 2 s, 720p instead of 480p, Veo instead of Wan and without sound.',
    )
    expect(said('лиса на льду', made)).toBe(
      'Запущено, видео 3: 8\u00a0с, 9:16, 720p. Начнётся с\u00a0вашей картинки. ' +
        'Снимает Veo, примерно за\u00a0$0,40. Появится в карточке, когда будет готово. ' +
        'Ближайшее из возможного: 8\u00a0с вместо 2\u00a0с, 720p вместо 480p, Veo вместо Wan и без звука.',
    )
  })

  test('names a video of the library by its prompt, in its quotation marks', () => {
    const shown = answered('showVideo', { ...video, number: null, prompt: 'a *fox* [in] snow' })
    expect(said('show the first video', shown)).toBe('Here is the video “a fox in snow”: ready.')
    expect(said('покажи первое видео', shown)).toBe('Вот видео «a fox in snow»: готово.')
  })

  test.each(['pending', 'processing', 'completed', 'failed', 'canceled'])(
    'has a word for the state %s',
    (status) => {
      const shown = answered('showVideo', { ...video, status })
      expect(said('show the first video', shown)).toMatch(/^Here is video 3: [a-z ]+\.$/)
      expect(said('покажи первое видео', shown)).toMatch(/^Вот видео 3: [а-я\u00a0 ]+\.$/)
    },
  )
})

describe('the answer to a question of the director', () => {
  type Options = { [questionMark]: { question: string } }
  const asked = (text: string, providerOptions?: Options): ModelPrompt => [
    { role: 'user', content: [{ type: 'text', text: 'make a video' }] },
    {
      role: 'assistant',
      content: [{ type: 'text', text, ...(providerOptions && { providerOptions }) }],
    },
    { role: 'user', content: [{ type: 'text', text: 'a fox' }] },
  ]
  const questionOf = (prompt: ModelPrompt) => readSituation(prompt).before?.question

  test.each([
    ['What should be seen in the video? One sentence is enough.', 'askScene'],
    [
      'Я понимаю только простые просьбы. Что должно быть в кадре? Хватит одного предложения.',
      'askScene',
    ],
    ['What should happen in the image? One sentence is enough.\n', 'askMotion'],
    ['Какую картинку вы имеете в виду? Прикрепите её к следующему сообщению.', 'askImage'],
    ['One sentence is enough.', undefined],
    ['', undefined],
  ])('of an earlier version, %j, is recognized as that', (words, question) => {
    expect(questionOf(asked(words))).toBe(question)
  })

  test('of this version is known by what is kept with it, whatever its words', () => {
    const kept = { [questionMark]: { question: 'askImage' } }
    const words = 'What should be seen in the video? One sentence is enough.'
    expect(questionOf(asked(words, kept))).toBe('askImage')
    expect(questionOf(asked(words, { [questionMark]: { question: 'another' } }))).toBeUndefined()
  })
})
