import type { Locator } from '@playwright/test'
import { expectNoFaults, phone } from '../helpers/pages/axe.ts'
import { long, small } from '../helpers/pages/chat-room.ts'
import { callFor, chatTest as test, modelTest } from '../helpers/chat-test.ts'
import { listen } from '../helpers/pages/listen.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { expect } from '../helpers/test.ts'

const manyWords = Array.from({ length: 400 }, (_, index) => `word-${index + 1}`).join(' ')

test.describe('axe finds nothing, dark and light, wide and on a phone', () => {
  // What moves or fades is half transparent while it does, and would be blamed for its contrast.
  test.use({ contextOptions: { reducedMotion: 'reduce' } })

  test('empty, and a chat there is not', { tag: '@long' }, async ({ chat, page }) => {
    await chat.open()
    await expectNoFaults(page, 'empty')
    await page.goto('/chat/chat_000000000000000000000000')
    await expect(page.getByText('Chat not found')).toBeVisible()
    await expectNoFaults(page, 'not there')
  })

  test('with a video that runs', { tag: '@long' }, async ({ chat, page }) => {
    await chat.open()
    await chat.say(`a video of a glacier, ${long}`)
    await expect(chat.card(1).getByRole('progressbar')).toBeVisible()
    await expectNoFaults(page, 'running')
  })

  test('done, large, compared', { tag: '@long' }, async ({ chat, page }) => {
    await chat.open()
    await chat.say(`a video of a glacier at rest, ${small}`)
    await chat.say('make it square')
    await expect(chat.log.locator('video')).toHaveCount(2)
    await expectNoFaults(page, 'done')
    await chat.card(2).getByRole('button', { name: 'Open' }).click()
    await expect(chat.large(2).locator('video')).toBeVisible()
    await expectNoFaults(page, 'large')
    await chat.large(2).getByRole('button', { name: 'Compare two' }).click()
    await expectNoFaults(page, 'compared')
  })
})

modelTest.describe('axe finds nothing', () => {
  modelTest.use({ contextOptions: { reducedMotion: 'reduce' } })

  modelTest(
    'while an answer is written, and after it broke off',
    { tag: '@long' },
    async ({ chat, page, model }) => {
      model.script = [{ text: manyWords, pieceDelayMs: 250 }]
      await chat.open()
      await chat.send('a long story')
      await expect(chat.answers).toContainText('word-3')
      await expectNoFaults(page, 'streaming')
      await expect(chat.stopButton).toBeVisible()
      await chat.stopButton.click()
      await chat.expectQuiet()

      model.script = [
        { text: '# Title\n\n[link](https://example.com) | `code`', dieAfterPieces: 5 },
      ]
      await chat.say('a short one')
      await expectNoFaults(page, 'broken off')
    },
  )
})

test(
  'by keyboard alone: from the message to the large video and back',
  { tag: '@long' },
  async ({ chat, page }) => {
    const { keyboard } = page
    await chat.open()
    await expect(chat.message).toBeFocused()
    await keyboard.type(`a video of a glacier by hand, ${small}`)
    await keyboard.press('Enter')
    await expect(chat.video(1)).toBeVisible()
    await expect(chat.message).toBeFocused()

    const open = chat.card(1).getByRole('button', { name: 'Open' })
    await tabTo(open, 'Shift+Tab')
    await keyboard.press('Enter')
    await expect(chat.large(1).getByRole('heading', { name: 'Video 1' })).toBeFocused()
    await tabTo(chat.large(1).getByRole('textbox', { name: 'Prompt' }))
    await keyboard.press('Escape')
    await expect(chat.large(1)).toHaveCount(0)
    await expect(open).toBeFocused()

    await tabTo(page.getByRole('button', { name: 'Answer again' }))
    await tabTo(chat.message)
    await tabTo(page.getByRole('link', { name: 'Skip to the message' }), 'Shift+Tab')
    await keyboard.press('Enter')
    await expect(chat.message).toBeFocused()

    async function tabTo(control: Locator, key = 'Tab') {
      const focused = page.locator(':focus').and(control)
      for (let presses = 0; presses < 40; presses += 1) {
        if ((await focused.count()) > 0) return
        await keyboard.press(key)
      }
      throw new Error('the control is not reached by Tab')
    }
  },
)

test(
  'what happens is said aloud, once, by the one live region',
  { tag: '@long' },
  async ({ chat, page }) => {
    await chat.open()
    const said = await listen(page.getByRole('status'))
    await chat.say(`a video of a glacier that calves, ${small}`)
    await expect(chat.video(1)).toBeVisible()
    await expect
      .poll(async () => (await said()).filter((text) => /ready/i.test(text)))
      .toHaveLength(2)
    expect((await said()).filter((text) => text.startsWith('Answer ready.'))).toHaveLength(1)
    expect((await said()).filter((text) => text.startsWith('Video 1: ')).length).toBeGreaterThan(0)
  },
)

modelTest(
  'on a phone the message box covers nothing that has the focus',
  { tag: '@long' },
  async ({ chat, page, model }) => {
    model.script = [{ calls: [callFor('A hill'), callFor('A dale'), callFor('A mill')] }, {}]
    await page.setViewportSize(phone)
    await chat.open()
    await chat.say('three videos')
    await expect(chat.log.locator('video')).toHaveCount(3)
    const box = (await page.getByRole('form', { name: 'Your message' }).boundingBox())!
    const controls = chat.log.getByRole('button').or(chat.log.getByRole('link'))
    for (const control of await controls.all()) {
      await control.focus()
      const { y, height } = (await control.boundingBox())!
      expect(y + height).toBeLessThanOrEqual(box.y)
      expect(y).toBeGreaterThanOrEqual(0)
      expect(height).toBeGreaterThanOrEqual(24)
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width)
    await chat.card(1).getByRole('button', { name: 'Open' }).click()
    await expectToPlay(page.getByRole('dialog').locator('video'))
  },
)
