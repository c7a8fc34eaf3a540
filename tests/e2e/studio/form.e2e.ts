import type { Request } from '@playwright/test'
import { listClips, startClip } from '../helpers/clips.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { expect, test } from '../helpers/test.ts'

// With everything that moves.
test.use({ contextOptions: { reducedMotion: 'no-preference' } })

const starts = '**/api/generate/video'

test('the address alone leads to the studio', async ({ page }) => {
  await page.goto('/')
  await expect(page).toHaveURL(/\/tools\/video-generator$/)
})

test('a deep link fills the form and starts nothing', async ({ studio, page }) => {
  let started = 0
  page.on('request', (request) => {
    if (request.method() === 'POST') started += 1
  })
  const prompt = 'Дождь над городом, ночь & neon'
  await studio.open('', `?${new URLSearchParams({ prompt, aspectRatio: '1:1', duration: '7' })}`)
  await expect(studio.prompt).toHaveValue(prompt)
  await expect(page.getByRole('radio', { name: '1:1' })).toBeChecked()
  await expect(page.getByRole('slider', { name: 'Duration' })).toHaveValue('7')
  await expect(studio.history).toBeVisible()
  expect(started).toBe(0)
  expect(await listClips(page.request)).toEqual([])
})

test('by keyboard alone: from the top of the page to a video', async ({ studio, page }) => {
  await studio.open()
  const { keyboard } = page
  const prompt = 'Orange dunes, typed by hand'
  await tabTo(page.locator(':focus').and(studio.prompt))
  await keyboard.press('ControlOrMeta+a')
  await keyboard.type(prompt)
  const formats = page.getByRole('radiogroup', { name: 'Format' })
  await tabTo(formats.locator(':focus'))
  await keyboard.press('ArrowRight')
  await expect(formats.getByRole('radio', { name: '16:9' })).toBeChecked()
  const duration = page.getByRole('slider', { name: 'Duration' })
  await tabTo(page.locator(':focus').and(duration))
  await keyboard.press('Home')
  await expect(duration).toHaveValue('2')

  await tabTo(page.locator(':focus').and(studio.prompt), 'Shift+Tab')
  const { settings } = await studio.startedBy(() => keyboard.press('Control+Enter'))
  expect(settings).toMatchObject({ prompt, aspectRatio: '16:9', duration: 2 })
  await expectToPlay(studio.video(prompt))

  async function tabTo(focused: ReturnType<typeof page.locator>, key = 'Tab') {
    for (let presses = 0; presses < 30; presses += 1) {
      if ((await focused.count()) > 0) return
      await keyboard.press(key)
    }
    throw new Error('the control is not reached by Tab')
  }
})

test(
  'an empty prompt is refused at its field, with its limits',
  { tag: '@long' },
  async ({ studio, page }) => {
    await studio.open()
    await studio.prompt.fill('   ')
    await studio.generateButton.click()
    await expect(studio.prompt).toHaveAccessibleDescription(/1 to 4,000 characters/)
    await expect(studio.prompt).toBeFocused()
    expect(await listClips(page.request)).toEqual([])
  },
)

test('offline: the start offers a retry, which makes exactly one video', async ({
  studio,
  page,
}) => {
  const sent: Request[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/api/generate/video')) sent.push(request)
  })
  await studio.open()
  // The first try reaches the server, but its answer never reaches the page: the worst kind of offline.
  await page.route(starts, async (route) => {
    await route.fetch()
    await route.abort('connectionreset')
  })
  const prompt = 'A ferry in the fog, out of reach'
  await studio.fillIn({ prompt })
  await studio.generateButton.click()
  const retry = page.getByRole('alert').getByRole('button', { name: 'Try again' })
  await expect(retry).toBeVisible()
  await page.unroute(starts)
  await page.context().setOffline(true)
  await retry.click()
  await expect(retry).toBeVisible()
  await page.context().setOffline(false)
  await retry.click()

  await expectToPlay(studio.video(prompt))
  await expect(retry).toHaveCount(0)
  const keys = sent.map((request) => request.headers()['idempotency-key'])
  expect(keys.length).toBeGreaterThanOrEqual(3)
  expect(new Set(keys).size).toBe(1)
  expect(await listClips(page.request)).toHaveLength(1)
})

test(
  'several at once: the fourth waits its turn, and all arrive',
  { tag: '@long' },
  async ({ studio, page }) => {
    await studio.open()
    const prompts = ['One kite', 'Two kites', 'Three kites']
    // Eight seconds each: some still render when the fourth is started.
    const long = { duration: 8, resolution: '720p' } as const
    await studio.fillIn({ prompt: 'Four kites' })
    for (const prompt of prompts) await startClip(page.request, { prompt, ...long })
    await studio.generateButton.click()
    await expect(page.getByText(/^(Next|\S+) in line/).first()).toBeVisible()
    await expectToPlay(studio.video('Four kites'))
    for (const prompt of [...prompts, 'Four kites'])
      await expect(studio.card(prompt).getByRole('button', { name: /^Open/ })).toBeVisible()
  },
)
