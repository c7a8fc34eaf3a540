import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { pictureOf } from './picture.ts'
import type { Visitor } from './visitor.ts'

/** What a client must be able to do through a proxy. Each throws where it cannot. */
export const checks: Record<string, (visitor: Visitor) => Promise<void>> = {
  'P2: the page comes compressed, with everything it names': async (visitor) => {
    const headers = { accept: 'text/html', 'accept-encoding': 'gzip' }
    const page = await visitor.ask('/tools/video-generator', { headers })
    assert.equal(page.status, 200)
    assert.equal(page.headers['content-encoding'], 'gzip')
    const html = gunzipSync(page.body).toString()
    const { pathname } = new URL(`${visitor.base}/_next/`)
    const files = [...html.matchAll(/(?:href|src)="([^"]+\.(?:css|js))"/g)].map(([, url]) => url!)
    assert.ok(files.length > 3)
    for (const url of files) {
      assert.ok(url.startsWith(pathname), `${url} is not below ${pathname}`)
      const { status, headers: head } = await visitor.ask(url.slice(pathname.length - 7))
      assert.equal(status, 200, url)
      assert.match(String(head['content-type']), /css|javascript/)
      assert.equal(head['set-cookie'], undefined)
    }
  },

  'P2: the root leads to the studio': async (visitor) => {
    const { status, headers } = await visitor.ask('/', { headers: { accept: 'text/html' } })
    // nginx and others complete the address first, without a slash or with one.
    const leads = new URL(headers.location ?? '', `${visitor.base}/`)
    assert.ok(status >= 301 && status <= 308, String(status))
    assert.ok(leads.href.startsWith(visitor.base), leads.href)
    assert.match(leads.pathname, /\/tools\/video-generator$/)
  },

  'health answers': async (visitor) => {
    assert.match(String((await visitor.json('/health')).status), /^(?:ok|degraded)$/)
  },

  'a video is started, its end comes by the stream, and it plays from the middle': async (
    visitor,
  ) => {
    const fileId = await start(visitor, 'local-preview', 'a red fox')
    assert.match(await streamed(visitor, fileId, /"status":"completed"/), /"via"|"url":"/)
    const view = await visitor.json(`/api/file/${fileId}`)
    const address = new URL(String(view.url), visitor.base).href
    assert.ok(address.startsWith(visitor.base), address)
    const path = address.slice(visitor.base.length)
    const part = await visitor.ask(path, { headers: { range: 'bytes=100-199' } })
    assert.equal(part.status, 206)
    assert.equal(part.body.length, 100)
  },

  'F36: a stream stays open for 65 s and still delivers': async (visitor) => {
    const fileId = await start(visitor, 'kling-3', 'rain #kie:seconds=65')
    const begin = performance.now()
    await streamed(visitor, fileId, /"status":"completed"/)
    assert.ok(performance.now() - begin > 60_000)
  },

  'F36: a connection that idled for 65 s is used again without a 502': async (visitor) => {
    await visitor.json('/api/models')
    await sleep(65_000)
    const price = { prompt: 'rain', model: 'local-preview' }
    assert.equal((await visitor.ask('/api/estimate', { body: price })).status, 200)
  },
}

/** Not through an nginx as it comes, which takes 1 MB. */
export const largeChecks: typeof checks = {
  'P3: pictures of 2 MB and of 9.9 MB are uploaded': async (visitor) => {
    for (const megabytes of [2, 9.9]) {
      const { status, body } = await upload(visitor, pictureOf(megabytes * 1_000_000))
      assert.equal(status, 201, body.toString().slice(0, 200))
    }
  },

  'F13: a picture of 1.9 MB at 28 KB/s, for longer than 60 s, is not cut': async (visitor) => {
    const { status } = await upload(visitor, pictureOf(1_900_000), 28_000)
    assert.equal(status, 201)
  },
}

function upload(visitor: Visitor, body: Buffer, bytesPerSecond?: number) {
  const headers = { 'content-type': 'image/png' }
  return visitor.ask('/api/image', { body, headers, ...(bytesPerSecond && { bytesPerSecond }) })
}

async function start(visitor: Visitor, model: string, prompt: string) {
  const request = { prompt, model, duration: model === 'local-preview' ? 2 : 5 }
  const { fileId } = await visitor.json('/api/generate/video', { body: request })
  return String(fileId)
}

/** Reads a file's event stream until something came; answers all that was read. */
async function streamed(visitor: Visitor, fileId: string, wanted: RegExp) {
  const headers = { accept: 'text/event-stream' }
  const response = await visitor.open(`/api/v1/events/file.${fileId}`, { headers })
  assert.equal(response.statusCode, 200)
  let text = ''
  for await (const chunk of response) {
    text += String(chunk)
    if (wanted.test(text)) break
  }
  assert.match(text, wanted)
  return text
}
