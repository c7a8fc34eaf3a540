import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  listClips,
  longClip,
  makeClip,
  readClip,
  startClip,
  waitForClip,
} from '../helpers/clips.ts'
import { expect, test } from '../helpers/test.ts'

test('the poll: its version as ETag, 304 for what is known, when to ask again', async ({
  request,
}) => {
  const { id } = await startClip(request, { prompt: 'A bell', ...longClip })
  const running = await request.get(`/api/file/${id}`)
  expect(running.headers()).toMatchObject({
    'cache-control': 'private, no-store',
    'retry-after': '10',
    etag: `"${(await running.json()).version}"`,
  })
  await request.post(`/api/file/${id}/cancel`)
  await waitForClip(request, id, ({ status }) => status === 'canceled')
  const final = await request.get(`/api/file/${id}`)
  expect(final.headers()['retry-after']).toBeUndefined()
  const { etag } = final.headers()
  const known = await request.get(`/api/file/${id}`, { headers: { 'if-none-match': etag! } })
  expect([known.status(), (await known.body()).length]).toEqual([304, 0])
})

test('the stream: whole views with growing ids, and 204 for who has seen it all', async ({
  request,
}) => {
  const { id } = await startClip(request, { prompt: 'A bell, told as it happens' })
  const channel = `/api/v1/events/file.${id}`
  // Ends by itself once the video is final.
  const stream = await request.get(channel, { timeout: 120_000 })
  expect(stream.headers()).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'private, no-cache, no-transform',
  })
  const text = await stream.text()
  expect(text).toMatch(/^retry: \d+\n/)
  const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, version]) => Number(version))
  expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b))
  const types = [...text.matchAll(/^data: {"type":"(\w+)"/gm)].map(([, type]) => type)
  expect(types).toContain('render_progress')
  expect(types.slice(-2)).toEqual(['render_result', 'file'])

  const headers = { 'last-event-id': String(ids.at(-1)) }
  expect((await request.get(channel, { headers })).status()).toBe(204)
  const behind = await request.get(`${channel}?lastEventId=1`)
  expect(await behind.text()).toContain('render_result')
})

test(
  'unfinished videos can be asked for alone, for recovery',
  { tag: '@long' },
  async ({ request }) => {
    const done = await makeClip(request, { prompt: 'A bell, done' })
    const running = await startClip(request, { prompt: 'A bell, running', ...longClip })
    expect((await listClips(request, '?status=pending')).map(({ id }) => id)).toEqual([running.id])
    expect((await listClips(request)).map(({ id }) => id)).toEqual([running.id, done.id])
    expect((await request.get('/api/file?status=whatever')).status()).toBe(400)
  },
)

test(
  'the list goes a page at a time, newest first, nothing twice',
  { tag: '@long' },
  async ({ request }) => {
    const ids: string[] = []
    for (const seed of [1, 2, 3, 4, 5]) {
      const { id } = await startClip(request, { prompt: 'A bell among bells', seed, ...longClip })
      await request.post(`/api/file/${id}/cancel`)
      ids.unshift(id)
    }
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const response = await request.get(`/api/file?limit=2&cursor=${cursor}`)
      const page = (await response.json()) as { files: { id: string }[]; nextCursor: string | null }
      expect(page.files.length).toBeLessThanOrEqual(2)
      seen.push(...page.files.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(seen).toEqual(ids)
  },
)

test('a cancel stops it; asking twice is no error, asking too late is 409', async ({ request }) => {
  const { id } = await startClip(request, { prompt: 'A bell, silenced', ...longClip })
  await waitForClip(request, id, ({ state }) => state === 'waiting')
  const cancel = () => request.post(`/api/file/${id}/cancel`)
  expect([(await cancel()).status(), (await cancel()).status()]).toEqual([200, 200])
  const view = await waitForClip(request, id, ({ status }) => status === 'canceled')
  expect(view).toMatchObject({ canCancel: false, url: null, error: null })

  const done = await makeClip(request, { prompt: 'A bell, rung' })
  const late = await request.post(`/api/file/${done.id}/cancel`)
  expect(late.status()).toBe(409)
  expect(await late.json()).toMatchObject({ code: 'not_possible_now' })
  expect((await readClip(request, done.id)).status).toBe('completed')
})

test(
  'a deletion takes the row and every byte, of a running video too',
  { tag: '@long' },
  async ({ request, server }) => {
    const renders = () => readdirSync(join(server.dataFolder, 'renders'))
    await makeClip(request, { prompt: 'A bell before' })
    const before = new Set(renders())
    const done = await makeClip(request, { prompt: 'A bell, melted down' })
    const bytes = join(server.dataFolder, 'media', done.id)
    expect(readdirSync(bytes).toSorted()).toEqual(['filmstrip.jpg', 'poster.jpg', 'video.mp4'])
    const running = await startClip(request, { prompt: 'A bell, never cast', ...longClip })
    await waitForClip(request, running.id, ({ state }) => state === 'waiting')

    for (const { id } of [done, running]) {
      expect((await request.delete(`/api/file/${id}`)).status()).toBe(204)
      expect((await request.get(`/api/file/${id}`)).status()).toBe(404)
      expect((await request.delete(`/api/file/${id}`)).status()).toBe(404)
    }
    expect((await request.get(done.url!)).status()).toBe(404)
    expect(await listClips(request)).toHaveLength(1)
    await expect.poll(() => existsSync(bytes)).toBe(false)
    await expect.poll(() => renders().filter((token) => !before.has(token))).toEqual([])
  },
)

test('only finished videos go when all are cleared', { tag: '@long' }, async ({ request }) => {
  await makeClip(request, { prompt: 'A bell, cleared' })
  const running = await startClip(request, { prompt: 'A bell, still hot', ...longClip })
  expect(await (await request.delete('/api/file')).json()).toEqual({ deleted: 1 })
  expect((await listClips(request)).map(({ id }) => id)).toEqual([running.id])
})
