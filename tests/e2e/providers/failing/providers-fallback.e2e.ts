import type { ProviderView } from '#lib/contract/provider-view'
import { booksOf } from '../../helpers/servers/books.ts'
import { waitForClip } from '../../helpers/clips.ts'
import { expectToPlay } from '../../helpers/pages/playing.ts'
import { providerTest as test } from '../../helpers/provider-test.ts'
import { expect } from '../../helpers/test.ts'

// Kie has to be let in again for the test that comes next; where it asked for patience, it gets it.
test.afterEach(async ({ page }) => {
  const cooldownOfKie = async () => {
    const answer = await page.request.post('/api/providers/kie/check')
    return ((await answer.json()) as ProviderView).cooldown
  }
  await expect.poll(cooldownOfKie).toBeNull()
})

const noCredits = 'The Kie.ai account is out of credits. The operator has been notified.'

test('no credits at Kie: Vertex steps in, and Kie is paused until it is checked again', async ({
  studio,
  page,
  emulated,
}) => {
  const prompt = 'A fox at dusk #kie:402 #vertex:seconds=0'
  await studio.open()
  await expect(studio.generateButton).toHaveAccessibleDescription(
    'Via Kie.ai, the cheapest match. Up to $1.20 if it falls back to another provider.',
  )
  await studio.start(prompt)
  await expectToPlay(studio.video(prompt))
  const fallback = 'Kie.ai was out of credits. Fell back to Google Vertex AI.'
  await expect(studio.stage).toContainText(fallback)
  await expect(studio.card(prompt)).toContainText(fallback)
  expect(booksOf(emulated, prompt)).toEqual({ vertex: 1 })

  await studio.card(prompt).getByRole('button', { name: /^Open/ }).click()
  const attempts = page.getByRole('dialog').getByRole('list', { name: 'Attempts' })
  await expect(attempts.getByRole('listitem').first()).toContainText(
    'Kie.ai: refused, out of credits',
  )
  await expect(attempts.getByRole('listitem').last()).toContainText('Google Vertex AI: done, $1.20')
  // Each with its circumstances: how long, which model, and why there.
  await expect(attempts.getByRole('listitem').first()).toContainText(
    /took .+, veo3_fast.*Via Kie\.ai, the cheapest match\./,
  )
  await expect(attempts.getByRole('listitem').last()).toContainText(
    'Falling back to Google Vertex AI.',
  )
  await page.getByRole('button', { name: 'Close' }).click()

  await expect(studio.generateButton).toHaveAccessibleName('Generate · $1.20')
  await studio.openModels()
  await expect(studio.model('Veo 3.1 Fast')).toContainText(`Kie.ai off: ${noCredits}`)
  await expect(studio.model('Kling 3.0 Turbo')).toHaveAttribute('aria-disabled', 'true')
  await expect(studio.model('Kling 3.0 Turbo')).toContainText(noCredits)

  await page.goto('/settings')
  const kie = page.getByRole('region', { name: 'Kie.ai' })
  await expect(kie).toContainText('Paused')
  await expect(kie).toContainText(noCredits)
  await kie.getByRole('button', { name: 'Check again' }).click()
  await expect(kie).toContainText('Yes.')
  await expect(kie).not.toContainText('Paused')
  await studio.open()
  await expect(studio.generateButton).toHaveAccessibleName('Generate · $0.40')
})

test.describe('a refusal that passes', () => {
  const refusals = [
    {
      what: 'too many requests for a second: Kie is asked again, and makes it',
      orders: '#kie:429*2=1',
      attempts: ['Kie.ai: refused, too many requests, 2 times', 'Kie.ai: done, $0.40'],
      books: { kie: 1 },
    },
    {
      what: 'too many requests for longer: Vertex steps in',
      orders: '#kie:429=7 #vertex:seconds=0',
      attempts: ['Kie.ai: refused, too many requests', 'Google Vertex AI: done, $1.20'],
      books: { vertex: 1 },
    },
    {
      what: 'not available: three tries, and Vertex steps in',
      orders: '#kie:503 #vertex:seconds=0',
      attempts: ['Kie.ai: refused, unavailable, 3 times', 'Google Vertex AI: done, $1.20'],
      books: { vertex: 1 },
    },
  ]
  for (const { what, orders, attempts, books } of refusals)
    test(what, { tag: '@long' }, async ({ studio, page, emulated }) => {
      const prompt = `A heron by the river ${orders}`
      await studio.open()
      await studio.start(prompt)
      await expectToPlay(studio.video(prompt))
      expect(booksOf(emulated, prompt)).toEqual(books)

      await studio.card(prompt).getByRole('button', { name: /^Open/ }).click()
      const list = page.getByRole('dialog').getByRole('list', { name: 'Attempts' })
      await expect(list.getByRole('listitem')).toContainText(attempts)
    })

  test(
    'not available, and asked again at once at the wish of the user',
    { tag: '@long' },
    async ({ studio, page, emulated }) => {
      // Kie alone has this model: no other provider steps in, however long it asks to wait.
      const prompt = 'A heron in a hurry #kie:503*2=15'
      await studio.open()
      await studio.chooseModel('Kling 3.0 Turbo')
      const { id } = await studio.start(prompt)
      await waitForClip(page.request, id, ({ attempts }) => attempts[0]?.outcome === 'refused')
      await studio.checkButton.click()
      await waitForClip(page.request, id, ({ attempts }) => attempts[1]?.outcome === 'refused')
      await expectToPlay(studio.video(prompt))
      expect(booksOf(emulated, prompt)).toEqual({ kie: 1 })
    },
  )
})
