import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Canvas } from '@napi-rs/canvas'
import { beforeAll, describe, expect, test } from 'vitest'
import { queueVeo, veoProviders } from '../../../tests/support/generations/queue-veo.ts'
import { setFinished } from '../../../tests/support/database/set-row.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { testGeneration } from '../../../tests/support/generations/test-generation.ts'
import { tinyMp4 } from '../../../tests/support/films/tiny-mp4.ts'
import { storeImage } from '../../assets/upload.ts'
import { productionStorage } from '../../assets/storage/production-storage.ts'
import { serveMedia } from './serve-media.ts'
import { aVisitor, useDataFolder } from '../test-visitor.ts'

const workFolder = useDataFolder()
withTestDatabase()

let anna: Awaited<ReturnType<typeof aVisitor>>
let boris: typeof anna
beforeAll(async () => {
  anna = await aVisitor()
  boris = await aVisitor()
})

const bytes = new Canvas(30, 20).encodeSync('png')

function ask(who: typeof anna, id: string, name: string, init?: RequestInit) {
  return serveMedia(who.request(`/api/media/${id}/${name}`, init), id, name)
}

describe('a picture', () => {
  let id: string
  beforeAll(async () => {
    const deps = { storage: productionStorage(), workFolder, now: () => new Date() }
    ;({ id } = await storeImage(anna.ownerId, bytes, deps))
  })

  test('is served to its owner, to keep', async () => {
    const response = await ask(anna, id, 'source.png')
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(bytes.length),
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      etag: `"${createHash('sha256').update(bytes).digest('hex')}-source.png"`,
    })
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes)
  })

  test('attack: is kept by a browser for that session alone, not for the next user of it', async () => {
    const headers = { range: 'bytes=1-3' }
    for (const init of [{}, { headers }, { method: 'HEAD' }])
      expect((await ask(anna, id, 'source.png', init)).headers.get('vary')).toContain('cookie')
  })

  test('is not found for another owner', async () => {
    const stranger = await ask(boris, id, 'source.png')
    const neverSeen = await ask(anna, id.replace(/.$/, id.endsWith('a') ? 'b' : 'a'), 'source.png')
    for (const response of [stranger, neverSeen]) {
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ code: 'not_found' })
    }
  })

  test.each(['source.jpg', 'source.webp', 'video.mp4', 'source.svg', '../x/source.png', ''])(
    'is not there as %j',
    async (name) => {
      expect((await ask(anna, id, name)).status).toBe(404)
    },
  )

  test('is served in part, and not again where the browser has it', async () => {
    const part = await ask(anna, id, 'source.png', { headers: { range: 'bytes=1-3' } })
    expect(part.status).toBe(206)
    expect(await part.text()).toBe('PNG')
    const etag = part.headers.get('etag')!
    const seen = await ask(anna, id, 'source.png', { headers: { 'if-none-match': etag } })
    expect(seen.status).toBe(304)
  })

  test('F30: a range is for GET only, and for the picture that the client has', async () => {
    const range = { range: 'bytes=1-3' }
    const head = await ask(anna, id, 'source.png', { method: 'HEAD', headers: range })
    expect(head.status).toBe(200)
    expect(head.headers.get('content-length')).toBe(String(bytes.length))
    expect(head.headers.get('content-range')).toBeNull()
    const etag = head.headers.get('etag')!
    const statusIf = async (ifRange: string) =>
      (await ask(anna, id, 'source.png', { headers: { ...range, 'if-range': ifRange } })).status
    expect(await statusIf(etag)).toBe(206)
    expect(await statusIf(`W/${etag}`)).toBe(200)
    expect(await statusIf('"another"')).toBe(200)
    expect(await statusIf('Fri, 27 Nov 2026 12:00:00 GMT')).toBe(200)
  })

  test('F30: that there is no such range is not kept by the browser', async () => {
    const none = await ask(anna, id, 'source.png', { headers: { range: 'bytes=9999999-' } })
    expect(none.status).toBe(416)
    expect(none.headers.get('cache-control')).toBe('private, no-store')
    const weak = `"a", W/${none.headers.get('etag')}`
    const seen = { range: 'bytes=9999999-', 'if-none-match': weak }
    expect((await ask(anna, id, 'source.png', { headers: seen })).status).toBe(304)
  })
})

describe('a video', () => {
  test('is served to its owner once it is finished, and never before', async () => {
    const deps = testGeneration((await veoProviders()).kie)
    const { id } = await queueVeo(deps, { ownerId: anna.ownerId })
    await productionStorage().put(`${id}/video.mp4`, await tinyMp4())
    expect((await ask(anna, id, 'video.mp4')).status).toBe(404)
    await setFinished(id)
    const response = await ask(anna, id, 'video.mp4')
    expect(Buffer.from(await response.arrayBuffer())).toEqual(await readFile(await tinyMp4()))
    expect((await ask(boris, id, 'video.mp4')).status).toBe(404)
    await deps.dispose()
  })
})
