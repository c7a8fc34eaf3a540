import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aConversation, callsOf, textOf } from '../../tests/support/generations/test-chat.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { startQueue, stopQueue } from '../jobs/queue.ts'

withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

describe('a conversation with the director', () => {
  test('makes a video, then a version of it, and knows them by their numbers', async () => {
    const talk = aConversation()
    const first = await talk.say('make a vertical video of rain over a night city')
    const [made] = callsOf(first, 'generateVideo')
    expect(made).toMatchObject({
      state: 'output-available',
      output: {
        number: 1,
        prompt: 'rain over a night city',
        aspectRatio: '9:16',
        fromFileId: null,
      },
    })
    const second = await talk.say('now at sunset, wider')
    expect(callsOf(second, 'generateVideo')[0]).toMatchObject({
      state: 'output-available',
      output: {
        number: 2,
        prompt: 'rain over a city, at sunset',
        aspectRatio: '16:9',
        fromFileId: made!.output!.fileId,
      },
    })
    const third = await talk.say('the first one, but square and 8 seconds')
    expect(callsOf(third, 'generateVideo')[0]?.output).toMatchObject({
      number: 3,
      aspectRatio: '1:1',
      seconds: 8,
      fromFileId: made!.output!.fileId,
    })
    expect(await talk.files()).toHaveLength(3)
    const view = await talk.read()
    expect(view).toMatchObject({
      title: 'make a vertical video of rain over a night city',
      isAnswering: false,
    })
    expect(view.messages.map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'user',
      'assistant',
      'user',
      'assistant',
    ])
    expect(view.messages.at(-1)).toEqual(third)
    expect(view.videos.map(({ number }) => number)).toEqual([1, 2, 3])
  })

  test('says what it is, and asks one question where nothing can be seen', async () => {
    const talk = aConversation()
    expect(textOf(await talk.say('who are you?'))).toContain('no AI')
    expect(textOf(await talk.say('кто ты?'))).toContain('без ИИ')
    expect(textOf(await talk.say('make a square video'))).toContain('What should the video show')
    const answer = await talk.say('a lighthouse')
    expect(callsOf(answer, 'generateVideo')[0]?.output).toMatchObject({
      prompt: 'lighthouse',
      aspectRatio: '1:1',
    })
  })

  test('cancels and shows in Russian', async () => {
    const talk = aConversation()
    await talk.say('сделай видео про кота на крыше')
    expect(textOf(await talk.say('покажи первое видео'))).toContain('Вот видео 1')
    const answer = await talk.say('отмени его')
    expect(callsOf(answer, 'cancelVideo')[0]).toMatchObject({ state: 'output-available' })
    expect((await talk.files())[0]?.state).toBe('canceled')
  })
})
