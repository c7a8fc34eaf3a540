import { createHash } from 'node:crypto'
import type { APIRequestContext } from '@playwright/test'
import type { FileView } from '#lib/contract/file-view'
import { makeClip, startClip, longClip } from '../helpers/clips.ts'
import { expect, test as base } from '../helpers/test.ts'

const prompt = 'Über den Wolken, “blue sky” / 天空'

type Cookies = Awaited<ReturnType<APIRequestContext['storageState']>>
let made: { clip: FileView; cookies: Cookies } | undefined

/** The tests only read: one clip serves them all, and each comes with the cookies of its owner. */
const test = base.extend<{ clip: FileView }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern.
  storageState: ({}, use) => use(made?.cookies),
  clip: async ({ request }, use) => {
    const clip = made?.clip ?? (await makeClip(request, { prompt }))
    made ??= { clip, cookies: await request.storageState() }
    await use(clip)
  },
})

test('the whole video: its bytes, its type, kept by the browser for good', async ({
  request,
  clip,
}) => {
  const response = await request.get(clip.url!)
  const bytes = await response.body()
  expect(response.status()).toBe(200)
  expect(response.headers()).toMatchObject({
    'content-type': 'video/mp4',
    'content-length': String(clip.sizeBytes),
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
    'cache-control': expect.stringMatching(/private.*immutable/),
  })
  expect(bytes.length).toBe(clip.sizeBytes)
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(clip.sha256)
  // Fast start: the index comes before the pictures.
  expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
})

test('a part of it: 206, and 416 behind the end', async ({ request, clip }) => {
  const whole = await (await request.get(clip.url!)).body()
  const size = whole.length
  const ranges: [asked: string, start: number, end: number][] = [
    ['bytes=0-99', 0, 99],
    ['bytes=100-', 100, size - 1],
    ['bytes=-50', size - 50, size - 1],
    [`bytes=${size - 10}-${size + 1_000}`, size - 10, size - 1],
  ]
  for (const [range, start, end] of ranges) {
    const part = await request.get(clip.url!, { headers: { range } })
    expect(part.status(), range).toBe(206)
    expect(part.headers()['content-range']).toBe(`bytes ${start}-${end}/${size}`)
    expect((await part.body()).equals(whole.subarray(start, end + 1)), range).toBe(true)
  }
  const behind = await request.get(clip.url!, { headers: { range: `bytes=${size}-` } })
  expect(behind.status()).toBe(416)
  expect(behind.headers()['content-range']).toBe(`bytes */${size}`)
})

test('304 for what is known, the whole for a range of something older', async ({
  request,
  clip,
}) => {
  const { etag } = (await request.head(clip.url!)).headers()
  const known = await request.get(clip.url!, { headers: { 'if-none-match': etag! } })
  expect([known.status(), (await known.body()).length]).toEqual([304, 0])
  const range = 'bytes=0-9'
  const same = await request.get(clip.url!, { headers: { range, 'if-range': etag! } })
  expect(same.status()).toBe(206)
  const older = await request.get(clip.url!, { headers: { range, 'if-range': '"older"' } })
  expect([older.status(), (await older.body()).length]).toEqual([200, clip.sizeBytes])
})

test('HEAD says the same without the bytes', async ({ request, clip }) => {
  const head = await request.head(clip.url!)
  expect(head.status()).toBe(200)
  expect(head.headers()['content-length']).toBe(String(clip.sizeBytes))
  expect(await head.body()).toHaveLength(0)
})

test('a download is named after the prompt, in every script', async ({ request, clip }) => {
  expect((await request.head(clip.url!)).headers()['content-disposition']).toBeUndefined()
  const header = (await request.head(`${clip.url}?download=1`)).headers()['content-disposition']!
  expect(header).toMatch(/^attachment; filename="[\x20-\x7e]+\.mp4"; filename\*=UTF-8''/)
  const name = decodeURIComponent(header.split("UTF-8''")[1]!)
  expect(name).toBe('Über-den-Wolken-blue-sky-天空.mp4')
})

test('poster and filmstrip are pictures; nothing else is there', async ({ request, clip }) => {
  for (const url of [clip.posterUrl!, clip.filmstripUrl!]) {
    const picture = await request.get(url)
    expect(picture.headers()['content-type']).toBe('image/jpeg')
    expect((await picture.body()).subarray(0, 2).toString('hex')).toBe('ffd8')
  }
  for (const name of ['video.webm', 'facts.json', '..%2Fauth-secret', '%2e%2e/%2e%2e/auth-secret'])
    expect((await request.get(`/api/media/${clip.id}/${name}`)).status(), name).toBe(404)
})

test('no byte is served before the video is ready', async ({ request }) => {
  const { id, url } = await startClip(request, { prompt: 'Not yet', ...longClip })
  expect(url).toBeNull()
  expect((await request.get(`/api/media/${id}/video.mp4`)).status()).toBe(404)
})
