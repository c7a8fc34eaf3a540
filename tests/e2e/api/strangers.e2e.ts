import { type APIRequestContext, type APIResponse } from '@playwright/test'
import { longClip, makeClip, startClip } from '../helpers/clips.ts'
import { Studio } from '../helpers/pages/studio.ts'
import { expect, test } from '../helpers/test.ts'

const neverSeen = 'file_000000000000000000000000'

/** Everything that can be asked about a file by its id. */
const questions: Record<string, (request: APIRequestContext, id: string) => Promise<APIResponse>> =
  {
    poll: (request, id) => request.get(`/api/file/${id}`),
    stream: (request, id) => request.get(`/api/v1/events/file.${id}`),
    video: (request, id) => request.get(`/api/media/${id}/video.mp4`),
    poster: (request, id) => request.get(`/api/media/${id}/poster.jpg`),
    check: (request, id) => request.post(`/api/file/${id}/check`),
    cancel: (request, id) => request.post(`/api/file/${id}/cancel`),
    report: (request, id) => request.post(`/api/file/${id}/delivered`, { data: { by: 'poll' } }),
    delete: (request, id) => request.delete(`/api/file/${id}`),
  }

test(
  'a stranger gets the answer of an id that never was, for every question',
  { tag: '@long' },
  async ({ request, playwright, server }) => {
    const finished = await makeClip(request, { prompt: 'Mine, finished' })
    const running = await startClip(request, { prompt: 'Mine, running', ...longClip })
    const stranger = await playwright.request.newContext({ baseURL: server.url })
    await stranger.post('/api/session')

    for (const [name, ask] of Object.entries(questions)) {
      const unknown = await told(await ask(stranger, neverSeen))
      expect(unknown, name).toMatchObject({ status: 404, problem: { code: 'not_found' } })
      for (const { id } of [finished, running])
        expect(await told(await ask(stranger, id)), name).toEqual(unknown)
    }
    // And none of it did anything to them.
    expect((await request.get(`/api/file/${finished.id}`)).status()).toBe(200)
    expect(await (await request.get(`/api/file/${running.id}`)).json()).not.toMatchObject({
      status: 'canceled',
    })
    await stranger.dispose()
  },
)

test(
  'a stranger among several channels learns only of its own file',
  { tag: '@long' },
  async ({ request, playwright, server }) => {
    const mine = await makeClip(request, { prompt: 'Mine alone' })
    const stranger = await playwright.request.newContext({ baseURL: server.url })
    await stranger.post('/api/session')
    const theirs = await makeClip(stranger, { prompt: 'Theirs alone' })

    const stream = await stranger.get(`/api/v1/events/file.${theirs.id},file.${mine.id}`)
    const text = await stream.text()
    expect(text).toContain('Theirs alone')
    expect(text).not.toContain('Mine alone')
    await stranger.dispose()
  },
)

test(
  'another browser starts with an empty history',
  { tag: '@long' },
  async ({ studio, browser, server }) => {
    await studio.open()
    const prompt = 'For my eyes only'
    await studio.generate({ prompt })
    await expect(studio.video(prompt)).toBeVisible()

    const context = await browser.newContext({ baseURL: server.url })
    const other = new Studio(await context.newPage())
    await other.open()
    await expect(other.history.getByText('Your videos will appear here.')).toBeVisible()
    await expect(other.history.getByRole('article')).toHaveCount(0)
    await expect(other.page.getByText(prompt)).toHaveCount(0)
    await context.close()
  },
)

/** An answer without what differs every time: when it was given, and the id by which the log knows it. */
async function told(response: APIResponse) {
  const headers = response.headers()
  // What counts the asker’s own requests tells nothing of what they ask for.
  for (const name of ['date', 'x-server-time', 'set-cookie', 'ratelimit']) delete headers[name]
  // Of pages; drawn for each answer.
  const policy = headers['content-security-policy']?.replace(/'nonce-[^']+'/, "'nonce'")
  if (policy) headers['content-security-policy'] = policy
  const { traceId: _traceId, ...problem } = (await response.json()) as { traceId: string }
  return { status: response.status(), headers, problem }
}
