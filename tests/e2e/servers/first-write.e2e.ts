import { ChatRoom } from '../helpers/pages/chat-room.ts'
import { listClips } from '../helpers/clips.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { expect, test } from '../helpers/test.ts'

const starts = '**/api/generate/video'

test(
  'S9: a visit makes no account; the first video does, and its stream follows',
  { tag: '@long' },
  async ({ studio, page }) => {
    const opened: string[] = []
    const streams: string[] = []
    page.on('request', (request) => {
      if (request.url().endsWith('/api/session')) opened.push(request.method())
      if (request.url().includes('/api/v1/events/')) streams.push(request.url())
    })
    await studio.open()
    await page.goto('/status')
    const listed = page.waitForResponse(
      (response) => new URL(response.url()).pathname === '/api/chat',
    )
    await new ChatRoom(page).open()
    await listed
    await studio.open()
    expect(await page.context().cookies()).toEqual([])
    expect(opened).toEqual([])
    expect(streams).toEqual([])

    const first = 'A comet over a lake, at the first visit'
    const stream = page.waitForResponse('**/api/v1/events/**')
    await studio.generate({ prompt: first })
    expect(await page.context().cookies()).toHaveLength(1)
    expect((await stream).status()).toBe(200)
    await expectToPlay(studio.video(first))

    await studio.generate({ prompt: 'A comet over a lake, once more' })
    expect(opened).toEqual(['POST'])
    await page.reload()
    await expect(studio.card(first)).toBeVisible()
  },
)

test(
  'S9: the first words in the chat are answered, and there after a reload',
  { tag: '@long' },
  async ({ page }) => {
    const room = new ChatRoom(page)
    await room.open()
    await room.say('Hello there, who are you?')
    await expect(room.answers).toHaveCount(1)
    await page.reload()
    await expect(room.questions).toHaveText(/Hello there, who are you\?/)
    await expect(room.answers).toHaveCount(1)
  },
)

test(
  'S5: a start that is refused for a while loses nothing, and is one video in the end',
  { tag: '@long' },
  async ({ studio, page }) => {
    await studio.open()
    const keys: (string | undefined)[] = []
    const detail = 'Too many videos were started in a short time. Try again in 7 s.'
    await page.route(starts, (route) => {
      keys.push(route.request().headers()['idempotency-key'])
      return route.fulfill({
        status: 429,
        headers: { 'retry-after': '7', 'content-type': 'application/problem+json' },
        body: JSON.stringify({ code: 'rate_limited', status: 429, detail, retryable: true }),
      })
    })
    const prompt = 'A kite above the dunes, too soon'
    await studio.fillIn({ prompt })
    await studio.generateButton.click()
    const alert = page.getByRole('alert').filter({ hasText: detail })
    await expect(alert).toBeVisible()
    await expect(studio.prompt).toHaveValue(prompt)
    await page.unroute(starts)
    page.on('request', (request) => {
      if (request.url().endsWith('/api/generate/video'))
        keys.push(request.headers()['idempotency-key'])
    })
    await alert.getByRole('button', { name: 'Try again' }).click()
    await expectToPlay(studio.video(prompt))
    expect(new Set(keys).size).toBe(1)
    expect(await listClips(page.request)).toHaveLength(1)
  },
)
