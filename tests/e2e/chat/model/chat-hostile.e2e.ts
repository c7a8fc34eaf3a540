import type { Page } from '@playwright/test'
import { small } from '../../helpers/pages/chat-room.ts'
import { callFor, chatTest, modelTest } from '../../helpers/chat-test.ts'
import { expect } from '../../helpers/test.ts'

const markup = '<img src=x onerror="window.taken=1"><script>window.taken=1</script>'
const elsewhere = 'http://tracker.invalid/pixel.png'

const answer = `# A heading

${markup}

<iframe src="javascript:window.taken=1"></iframe> <a href="javascript:window.taken=1">raw link</a>

[a script](javascript:window.taken=1) [data](data:text/html,<script>window.taken=1</script>)
[a path](/api/file) [a true link](https://example.com/a) ![a picture](${elsewhere})
<javascript:window.taken=1>

| a | table |
| - | ----- |
| ${markup} | 2 |
`

modelTest(
  'an answer full of markup does nothing and fetches nothing',
  { tag: '@long' },
  async ({ chat, page, model }) => {
    const asked = watch(page)
    model.script = [{ text: answer, calls: [callFor(`A fox ${markup}`)] }, { text: answer }]
    await chat.open()
    await chat.say(`hello ${markup} [x](javascript:window.taken=1)`)
    await expect(chat.answers.getByRole('heading', { name: 'A heading' })).toHaveCount(2)
    await expect(chat.card(1)).toContainText(markup)
    await expect(chat.questions).toContainText(markup)

    for (const name of ['a script', 'data', 'a path', 'raw link'])
      await expect(chat.answers.getByRole('link', { name, exact: true })).toHaveCount(0)
    const link = chat.answers.getByRole('link', { name: 'a true link' }).first()
    await expect(link).toHaveAttribute('href', 'https://example.com/a')
    await expect(link).toHaveAttribute('rel', /noopener.*nofollow/)
    await expect(chat.answers.getByText('a picture').first()).toBeVisible()
    await expectInert(page, asked)

    await chat.card(1).getByRole('button', { name: 'Open' }).click()
    await expect(chat.large(1).getByRole('textbox', { name: 'Prompt' })).toHaveValue(
      `A fox ${markup}`,
    )
    await page.reload()
    await expect(chat.card(1)).toContainText(markup)
    await expectInert(page, asked)
  },
)

chatTest(
  'a hostile wish is words: in message, title, card, list and form',
  { tag: '@long' },
  async ({ chat, page }) => {
    const asked = watch(page)
    const scene = `a video of a fox ${markup} by ![a river](${elsewhere})`
    await chat.open()
    await chat.say(`${scene}, ${small}`)
    await expect(chat.card(1)).toContainText(markup)
    await expect(chat.list.getByRole('link').first()).toContainText('<img src=x')
    await chat.say('list my videos')
    await expect(chat.answers.last()).toContainText('fox img src=x')
    await expectInert(page, asked)
    await expect(chat.video(1)).toBeVisible()

    await chat.list.getByRole('link').first().hover()
    await chat.list.getByRole('button', { name: /^Rename/ }).click()
    await chat.list.getByRole('textbox', { name: 'Title' }).fill(markup)
    await page.keyboard.press('Enter')
    await expect(chat.list.getByRole('link')).toHaveText([markup])
    await chat.card(1).getByRole('link', { name: 'Use in the form' }).click()
    await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue(
      /<img src=x/,
    )
    await expectInert(page, asked)
  },
)

/** Every address the page asks for that is not ours, and every dialog it opens. */
function watch(page: Page) {
  const seen: string[] = []
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (protocol.startsWith('http') && hostname !== 'localhost') seen.push(request.url())
    if (request.url().endsWith('/x')) seen.push(request.url())
  })
  page.on('dialog', (dialog) => {
    seen.push(dialog.message())
    void dialog.dismiss()
  })
  return seen
}

async function expectInert(page: Page, asked: string[]) {
  expect(await page.evaluate(() => 'taken' in window)).toBe(false)
  expect(asked).toEqual([])
  const main = page.getByRole('main')
  await expect(main.locator('img[src="x"], iframe, main script')).toHaveCount(0)
  await expect(main.locator('a[href^="javascript:"], a[href^="data:"]')).toHaveCount(0)
}
