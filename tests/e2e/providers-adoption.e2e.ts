import type { Page } from '@playwright/test'
import { booksOf } from './helpers/books.ts'
import { isCompleted, readClip, waitForClip } from './helpers/clips.ts'
import { accountButton, fillSignIn, newPerson, signUpByApi } from './helpers/people.ts'
import { providerTest as test, startProviderServer } from './helpers/provider-test.ts'
import { Studio } from './helpers/studio.ts'
import { expect } from './helpers/test.ts'
import { wordsIn } from './helpers/words.ts'

const words = wordsIn('en')

/** Every answer of 404 that a page is given by the API. */
function lostIn(page: Page) {
  const lost: string[] = []
  page.on('response', (response) => {
    const isOfApi = new URL(response.url()).pathname.startsWith('/api/')
    if (isOfApi && response.status() === 404) lost.push(response.url())
  })
  return lost
}

test('a paid video that is running is the account’s after a sign-in, in every open tab', async ({
  emulated,
  browser,
}) => {
  const server = await startProviderServer(emulated, { SIGN_UP: 'open' })
  const contexts = [await browser.newContext({ baseURL: server.url, locale: 'en-GB' })]
  try {
    const elsewhere = await browser.newContext({ baseURL: server.url })
    contexts.push(elsewhere)
    const person = newPerson('Vera')
    await signUpByApi(elsewhere.request, server.url, person)

    const page = await contexts[0]!.newPage()
    const studio = new Studio(page)
    await studio.open()
    await studio.chooseModel('Veo 3.1 Fast')
    const prompt = 'A paid ship in a bottle #kie:seconds=30 #kie:webhook-none'
    const { id } = await studio.start(prompt)
    const other = new Studio(await contexts[0]!.newPage())
    await other.open()
    await expect(other.progress.first()).toBeVisible()
    const lost = [lostIn(page), lostIn(other.page)]

    await page.goto('/sign-in?next=%2Ftools%2Fvideo-generator')
    await fillSignIn(page, person)
    await expect(accountButton(page, person)).toBeVisible()
    const { status } = await readClip(page.request, id)
    expect(status).not.toBe('completed')
    // Neither tab has lost it, and neither is told that it belongs to another.
    for (const { page: tab } of [studio, other])
      await expect(tab.getByText(words('failure.gone.list'))).toHaveCount(0)

    await waitForClip(page.request, id, isCompleted)
    await expect(studio.video(prompt)).toBeVisible()
    await expect(other.video(prompt)).toBeVisible()
    expect(lost).toEqual([[], []])
    expect(booksOf(emulated, prompt)).toEqual({ kie: 1 })
    // On another machine of the account it is there too.
    expect((await readClip(elsewhere.request, id)).status).toBe('completed')
  } finally {
    for (const context of contexts) await context.close()
    await server.dispose()
  }
})
