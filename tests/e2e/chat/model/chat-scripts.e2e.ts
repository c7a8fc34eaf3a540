import type { Locator } from '@playwright/test'
import { callFor, modelTest as test } from '../../helpers/chat-test.ts'
import { expect } from '../../helpers/test.ts'

/** The keys of an input method, as Chromium and as Safari tell of the one that ends a composition. */
const composed = [
  { isComposing: true, keyCode: 229 },
  { isComposing: false, keyCode: 229 },
]

async function compose(target: Locator, key: string, more: KeyboardEventInit = {}) {
  for (const composing of composed)
    await target.dispatchEvent('keydown', { key, bubbles: true, ...more, ...composing })
}

test.beforeEach(({ model }) => {
  model.script = []
})

test(
  'F10, F11: an input method keeps its keys in the chat',
  { tag: '@long' },
  async ({ chat, page, model }) => {
    await chat.open()
    await chat.message.fill('にほん')
    await compose(chat.message, 'Enter')
    await expect(chat.message).toHaveValue('にほん')
    await expect(chat.questions).toHaveCount(0)

    model.script = [{ text: 'word '.repeat(200), pieceDelayMs: 50 }, { text: 'Fine.' }]
    await chat.send('こんにちは')
    await compose(chat.message, 'Escape')
    await expect(chat.stopButton).toBeVisible()
    await page.keyboard.press('Escape')
    await chat.expectQuiet()
    await expect(chat.answers.last()).toContainText('stopped early')

    await page.getByRole('button', { name: 'Edit message' }).click()
    const edited = page.getByRole('textbox', { name: 'Edited message' })
    await edited.fill('さようなら')
    await compose(edited, 'Escape')
    await compose(edited, 'Enter')
    await expect(edited).toHaveValue('さようなら')
    await edited.press('Enter')
    await expect(chat.answers.last()).toContainText('Fine.')

    await chat.list.getByRole('link').first().hover()
    await chat.list.getByRole('button', { name: /^Rename/ }).click()
    const title = chat.list.getByRole('textbox', { name: 'Title' })
    await title.fill('挨拶')
    await compose(title, 'Enter')
    await compose(title, 'Escape')
    await expect(title).toHaveValue('挨拶')
    await title.press('Enter')
    await expect(chat.list.getByRole('link')).toHaveText(['挨拶'])
  },
)

test('F10, F11: an input method keeps its keys in the generator', async ({ studio, page }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`))
  await studio.open()
  await studio.prompt.fill('にほん')
  await compose(studio.prompt, 'Enter', { ctrlKey: true })
  await compose(studio.prompt, 'Enter', { metaKey: true })
  await studio.openModels()
  const current = page.locator('[role=option]:focus')
  await expect(current).toBeVisible()
  const name = await current.textContent()
  for (const key of ['ArrowDown', 'End', 'Enter', 'Escape']) await compose(current, key)
  await expect(current).toHaveText(name!)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('listbox')).toHaveCount(0)
  expect(asked.filter((one) => one.startsWith('POST') && one.includes('generate'))).toEqual([])
})

test(
  'F12: a prompt of 2,500 ideographs goes from the chat into the form',
  { tag: '@long' },
  async ({ chat, page, studio, model }) => {
    const prompt = '猫'.repeat(2_500)
    model.script = [{ calls: [callFor(prompt)] }, { text: 'Done.' }]
    await chat.open()
    await chat.say('a cat')
    await expect(chat.video(1)).toBeVisible()
    await chat.card(1).getByRole('link', { name: 'Use in the form' }).click()
    await expect(studio.prompt).toHaveValue(prompt)
    expect(page.url().length).toBeLessThan(500)
    await page.reload()
    await expect(studio.prompt).toHaveValue(prompt)
  },
)

test(
  'F24, F25: thoughts are folded away, and what is cut off goes on',
  { tag: '@long' },
  async ({ chat, page, model }) => {
    model.script = [
      { pieces: ['<think>hm, a fox</th', 'ink>\n\nHalf of'], finish: 'length' },
      { text: 'the rest.' },
      { text: '', finish: 'content_filter' },
      { pieces: ['<thinking>hm</thinking>'] },
    ]
    await chat.open()
    await chat.say('tell me')
    const [answer] = [chat.answers.first()]
    await expect(answer.getByText('hm, a fox')).toBeHidden()
    await expect(answer).toContainText('Cut off')
    await page.reload()
    await expect(answer).toContainText('Half of')
    await expect(answer).toContainText('Cut off')
    await answer.getByText('Reasoning').click()
    await expect(answer.getByText('hm, a fox')).toBeVisible()

    await answer.getByRole('button', { name: 'Continue' }).click()
    await expect(chat.answers.last()).toContainText('the rest.')
    await chat.say('and?')
    await expect(chat.answers.last()).toContainText('Blocked by the model’s content filter')
    await chat.answers.last().getByRole('button', { name: 'Answer again' }).click()
    await expect(chat.answers.last()).toContainText('empty answer')
  },
)
