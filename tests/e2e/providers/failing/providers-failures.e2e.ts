import type { Page } from '@playwright/test'
import { booksOf } from '../../helpers/servers/books.ts'
import { expectToPlay } from '../../helpers/pages/playing.ts'
import { type Emulated, providerTest as test } from '../../helpers/provider-test.ts'
import type { Studio } from '../../helpers/pages/studio.ts'
import { expect } from '../../helpers/test.ts'

const policy = 'Kie.ai refused this request: the prompt breaks its rules. Rephrase it.'
const couldNot = 'Kie.ai couldn’t make this video. Retry.'
const unplayable = 'The provider sent a file that isn’t a playable video. Retry.'

test.describe('what goes wrong for good says why, and what it cost', () => {
  const failures = [
    {
      what: 'refused for its content',
      orders: '#kie:policy',
      sentence: policy,
      advice: 'change the prompt or the picture',
      cost: 'Not charged, quoted $0.40',
      books: {},
    },
    {
      what: 'withheld for its content',
      orders: '#kie:safety',
      sentence: policy,
      advice: 'change the prompt or the picture',
      cost: 'Not charged, quoted $0.40',
      books: { kie: 1 },
    },
    {
      what: 'done, and no video',
      orders: '#kie:no-video',
      sentence: couldNot,
      advice: 'The same settings often work the second time',
      cost: 'Charged $0.40, as quoted',
      books: { kie: 1 },
    },
    {
      what: 'a link into a private network',
      orders: '#kie:link-private',
      sentence: unplayable,
      advice: 'The same settings often work the second time',
      cost: 'Charged $0.40, as quoted',
      books: { kie: 1 },
    },
  ]
  for (const { what, orders, sentence, advice, cost, books } of failures)
    test(what, { tag: '@long' }, async ({ studio, emulated }) => {
      const prompt = `A masked ball ${orders}`
      await studio.open()
      await studio.start(prompt)
      await expect(studio.stage.getByText('Failed', { exact: true })).toBeVisible()
      await expect(studio.stage.getByText(sentence)).toBeVisible()
      await expect(studio.stage).toContainText(advice)
      await expect(studio.stage).toContainText(cost)
      await expect(studio.stage.getByRole('button', { name: 'Retry · $0.40' })).toBeVisible()
      await expect(studio.card(prompt)).toContainText(sentence)
      expect(booksOf(emulated, prompt)).toEqual(books)
    })

  test('a job that fails: another model makes it', async ({ studio, page, emulated }) => {
    const prompt = 'A masked ball #kie:fail #gemini:seconds=0'
    await studio.open()
    await studio.start(prompt)
    await expect(studio.stage.getByText(couldNot)).toBeVisible()
    await expect(studio.stage).toContainText('Not charged, quoted $0.40')
    await studio.stage.getByRole('button', { name: 'Retry with another model' }).click()
    await page.getByRole('menuitem', { name: /^Gemini Omni Flash \$0\.80/ }).click()
    await expectToPlay(studio.video(prompt))
    expect(booksOf(emulated, prompt)).toEqual({ kie: 1, gemini: 1 })
  })

  test(
    'a model that is gone: the one to use instead',
    { tag: '@long' },
    async ({ studio, emulated }) => {
      const prompt = 'A masked ball #kie:retired*1'
      await studio.open()
      await studio.chooseModel('Kling 3.0 Turbo')
      await studio.start(prompt)
      const sentence = 'Kie.ai no longer offers this model. Choose another one.'
      await expect(studio.stage.getByText(sentence)).toBeVisible()
      await expect(studio.stage).toContainText('Not charged, quoted $0.45')
      expect(booksOf(emulated, prompt)).toEqual({})
      await studio.stage.getByRole('button', { name: 'Use Wan 2.7 · $0.40' }).click()
      await expectToPlay(studio.video(prompt))
      expect(booksOf(emulated, prompt)).toEqual({ kie: 1 })
    },
  )

  test(
    'a job without an end: canceling it is billed anyway',
    { tag: '@long' },
    async ({ studio, page, emulated }) => {
      const prompt = 'A masked ball #kie:never'
      await studio.open()
      await studio.start(prompt)
      await expect(studio.stage.getByText('Rendering at Kie.ai')).toBeVisible()
      const question = page.getByRole('alertdialog', { name: 'Cancel this video?' })
      await studio.cancelButton.click()
      await expect(question).toContainText('Canceling still costs $0.40')
      await question.getByRole('button', { name: 'Keep waiting' }).click()
      await expect(studio.stage.getByText('Rendering at Kie.ai')).toBeVisible()
      await studio.cancelButton.click()
      await question.getByRole('button', { name: 'Cancel and pay' }).click()
      await expect(studio.stage.getByText('Canceled', { exact: true })).toBeVisible()
      await expect(studio.stage).toContainText('About $0.40 (catalogue price)')
      expect(booksOf(emulated, prompt)).toEqual({ kie: 1 })
    },
  )
})

test.describe('what goes wrong on the way keeps no video, and doubles none', () => {
  test('the link, the status', { tag: '@long' }, ({ studio, page, emulated }) =>
    expectAllToArrive(studio, page, emulated, [
      'A link that is not there yet #kie:link-404*1',
      'A link that breaks off #kie:link-truncated*1',
      'Done, and then not #kie:undone #kie:link-404*1',
      'A status in trouble #kie:status-500*2',
    ]),
  )

  test('the webhook', ({ studio, page, emulated }) =>
    expectAllToArrive(studio, page, emulated, [
      'Told a hundred times #kie:webhook-100',
      'Told by a forger #kie:webhook-forged',
      'Told before its time #kie:webhook-early',
      'Told the wrong thing #kie:webhook-wrong',
    ]))
})

/** Each is started once, arrives, is announced once, and is one job. */
async function expectAllToArrive(
  studio: Studio,
  page: Page,
  emulated: Emulated,
  prompts: readonly string[],
) {
  await studio.open()
  for (const prompt of prompts) await studio.start(prompt)
  for (const prompt of prompts)
    await expect(studio.card(prompt).getByRole('button', { name: /^Open/ })).toBeVisible()
  await expectToPlay(studio.video(prompts.at(-1)!))
  await expect.poll(() => studio.readyToasts()).toBe(prompts.length)
  for (const prompt of prompts) expect(booksOf(emulated, prompt), prompt).toEqual({ kie: 1 })
  await page.reload()
  await expect(studio.history.getByRole('article')).toHaveCount(prompts.length)
}
