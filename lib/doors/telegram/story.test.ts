import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  aPicture,
  startTelegramStage,
  answered,
  films,
  generationsOf,
  linkNew,
} from '../../../tests/support/telegram/stage.ts'
import { queueVeo } from '../../../tests/support/generations/queue-veo.ts'
import type { TestGeneration } from '../../../tests/support/generations/test-generation.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { waitUntil } from '../../../tests/support/wait-until.ts'

withTestDatabase()

let stage: Awaited<ReturnType<typeof startTelegramStage>>
let worker: Awaited<ReturnType<typeof stage.startWorker>>
beforeAll(async () => {
  stage = await startTelegramStage()
  worker = await stage.startWorker()
})
afterAll(() => stage.close())

const paidFor = (prompt: string) => stage.kie.jobsOf(prompt)
describe.concurrent('a chat, by long polling', () => {
  test('is told in its language how to link, links once, and makes a video of a text', async () => {
    const ada = stage.telegram.user(101, { language: 'en', username: 'ada' })
    ada.say('/start')
    await answered(ada, 'Link it first: open http')
    ada.say('a fox before the link')
    await waitUntil(() => ada.chat.messages.filter(({ from }) => from === 'bot').length >= 2)
    const { userId } = await linkNew(ada)

    ada.say('a fox in the snow')
    const [film] = await films(ada, 1)
    expect(film!.text).toBe('a fox in the snow\n\nVeo 3.1 Lite · 9:16 · 8 s\nCharged $0.20')
    expect(film!.options).toMatchObject({ supports_streaming: true, width: 64, height: 64 })
    expect(film!.video).toMatchObject({ name: 'a-fox-in-the-snow.mp4', url: null })
    expect(film!.buttons.flat().map(({ text }) => text)).toEqual(['Again · $0.20'])
    const progress = await answered(ada, /^Ready: a fox/)
    expect(progress.texts[0]).toMatch(/^“a fox in the snow”\n(Waiting to start|Starting|Rendering)/)
    expect(ada.chat.actions).toContain('upload_video')
    const rows = await generationsOf(userId)
    expect(rows).toMatchObject([{ originDoor: 'telegram', state: 'completed', startedBy: userId }])
    expect(paidFor('a fox in the snow')).toHaveLength(1)
    expect(paidFor('a fox before the link')).toHaveLength(0)
  })

  test(
    'speaks Russian to one whose Telegram does, and another language once that is chosen',
    { tags: 'long' },
    async () => {
      const masha = stage.telegram.user(102, { language: 'ru' })
      masha.say('/start')
      await answered(masha, 'Сначала привяжите чат')
      await linkNew(masha)
      await answered(masha, 'Чат привязан')
      masha.say('лиса в снегу')
      const [film] = await films(masha, 1)
      expect(film!.text).toContain('8\u00a0с')
      await answered(masha, /^Готово: лиса/)
      expect(film!.buttons.flat().map(({ text }) => text)).toEqual([
        expect.stringMatching(/^Ещё раз · \$0,\d\d$/),
      ])
      masha.say('/balance')
      await answered(masha, /Расходы в этом месяце: \$0,\d\d\./)
      masha.say('/language')
      await answered(masha, 'Выберите язык')
      masha.press('English')
      await answered(masha, 'This chat is in English now.')
      masha.say('/help')
      await answered(masha, 'Send a text: it is the prompt')
    },
  )

  test(
    'makes another, and an upright one, once however often the button is pressed',
    { tags: 'long' },
    async () => {
      const bob = stage.telegram.user(103)
      const { userId } = await linkNew(bob)
      bob.say('/settings')
      await answered(bob, 'Choose the format')
      bob.press('16:9')
      await answered(bob, 'Choose the format')
      bob.say('a ship')
      const [first] = await films(bob, 1)
      for (let times = 0; times < 3; times++) bob.press(/^Again/, first!.message_id)
      bob.press('Vertical', first!.message_id)
      await films(bob, 3)
      const rows = await generationsOf(userId)
      expect(rows.map(({ settings }) => settings.aspectRatio).toSorted()).toEqual([
        '16:9',
        '16:9',
        '9:16',
      ])
      expect(paidFor('a ship')).toHaveLength(3)
      await waitUntil(() => bob.chat.toasts.filter((one) => one.startsWith('Already')).length === 2)
    },
  )

  test('asks for what costs more, and starts what was shown when the button was pressed', async () => {
    const cy = stage.telegram.user(104)
    const { userId } = await linkNew(cy)
    cy.say('/settings')
    await answered(cy, 'Choose the format')
    cy.press('9:16')
    cy.press(/^Veo 3\.1 ·/)
    await waitUntil(() => cy.chat.toasts.length === 2)
    cy.say('a dear castle')
    const question = await answered(cy, '“a dear castle”')
    expect(question.text).toContain('Veo 3.1 · 9:16 · $')
    expect(paidFor('a dear castle')).toHaveLength(0)
    cy.press('16:9')
    await waitUntil(() => question.text.includes('16:9 · $'))
    cy.press(/^Make it · \$/)
    cy.press(/^Make it · \$/)
    const [film] = await films(cy, 1)
    expect(film!.text).toContain('16:9')
    await answered(cy, /^Ready: a dear castle/)
    expect(question.text).toMatch(/^Ready/)
    expect(paidFor('a dear castle')).toHaveLength(1)
    expect(await generationsOf(userId)).toHaveLength(1)
    cy.say('a castle never made')
    await answered(cy, '“a castle never made”')
    cy.press('Cancel')
    await answered(cy, 'Canceled. Nothing was charged.')
    expect(paidFor('a castle never made')).toHaveLength(0)
  })

  test(
    'starts from a photo with words, and asks for them where there are none',
    { tags: 'long' },
    async () => {
      const dan = stage.telegram.user(105)
      const { userId } = await linkNew(dan)
      const picture = await aPicture()
      dan.photo(picture, 'the photo moves')
      await films(dan, 1)
      dan.photo(picture)
      await answered(dan, 'What should happen in the video?')
      dan.say('it rains on it')
      await films(dan, 2)
      dan.photo(Buffer.from('no picture at all'), 'broken')
      await answered(dan, /image|picture|photo/i)
      const rows = await generationsOf(userId)
      expect(rows.map(({ prompt }) => prompt).toSorted()).toEqual([
        'it rains on it',
        'the photo moves',
      ])
      for (const { settings } of rows) {
        expect(settings.inputs?.firstFrame).toMatch(/^image_/)
        expect(settings.aspectRatio).toBe('9:16')
      }
      expect(paidFor('broken')).toHaveLength(0)
    },
  )
  test('tells why a video failed, and cancels what can be canceled', async () => {
    const eve = stage.telegram.user(106)
    await linkNew(eve)
    eve.say('a riot #kie:policy')
    await answered(eve, 'Change the prompt or the photo and send it again.')
    eve.say('lost #kie:reset-after')
    const unknown = await answered(eve, 'We don’t know whether Kie.ai started this video.')
    expect(unknown.buttons.flat().map(({ text }) => text)).toEqual(['Check with the provider'])
    eve.press('Check with the provider')
    await waitUntil(() => eve.chat.toasts.length > 0)
    expect(paidFor('lost #kie:reset-after')).toHaveLength(1)
    const group = stage.telegram.user(-5)
    group.say('/start')
    await answered(group, 'private chats only')
    expect(worker.output).not.toContain('emulated-bot')
  })

  test(
    'gets the films that were started in the studio, and for a program in the language it names',
    { tags: 'long' },
    async () => {
      const fay = stage.telegram.user(107, { language: 'en' })
      const { userId } = await linkNew(fay)
      const own = { ownerId: userId, startedBy: userId, heldMicros: 1_200_000 }
      const studio = { now: () => new Date() } as TestGeneration
      await queueVeo(studio, { ...own, prompt: 'from the studio' })
      const [film] = await films(fay, 1)
      expect(film!.text).toMatch(/^from the studio\n\nVeo 3\.1 Fast · 16:9 · 8 s\nCharged \$0\.40/)
      const place = { bot: 'bot', telegramId: '107', locale: 'ru' }
      const origin = { originDoor: 'inngest', originPlace: place } as const
      await queueVeo(studio, { ...own, ...origin, prompt: 'for a program' })
      const [, second] = await films(fay, 2)
      expect(second!.text).toContain('Списано $0,40')
      expect(fay.chat.messages.filter(({ video }) => video)).toHaveLength(2)
    },
  )
})
