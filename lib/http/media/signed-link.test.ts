import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { queueVeo, veoProviders } from '../../../tests/support/generations/queue-veo.ts'
import { setFinished, setRow } from '../../../tests/support/database/set-row.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import {
  type TestGeneration,
  testGeneration,
} from '../../../tests/support/generations/test-generation.ts'
import { tinyMp4 } from '../../../tests/support/films/tiny-mp4.ts'
import { productionStorage } from '../../assets/storage/production-storage.ts'
import { database } from '../../db/client.ts'
import { asset } from '../../db/asset-schema.ts'
import { env } from '../../env.ts'
import { findGeneration } from '../../generations/queries.ts'
import { useDataFolder } from '../test-visitor.ts'
import { serveMedia } from './serve-media.ts'
import { addressAskedAt, signedVideoLink } from './signed-link.ts'

useDataFolder()
withTestDatabase()

let deps: TestGeneration
beforeAll(async () => {
  deps = testGeneration((await veoProviders()).kie)
})
afterAll(() => deps.dispose())

async function aVideo() {
  const { id } = await queueVeo(deps, { ownerId: 'anna', prompt: 'a secret' })
  await productionStorage().put(`${id}/video.mp4`, await tinyMp4())
  return setFinished(id)
}

/** Opens a link as one without cookies or key does. */
function open(link: string, init?: RequestInit) {
  const { pathname } = new URL(link)
  const [, , , id = '', name = ''] = pathname.split('/')
  return serveMedia(new Request(link, init), id, name)
}

describe('a signed link', () => {
  test('plays the video without a session, whole, in parts, and by its head alone', async () => {
    const link = signedVideoLink(await aVideo())!
    expect(link).toMatch(/^http:\/\/localhost:\d+\/api\/media\/file_\w+\/video\.mp4\?until=\d+&/)
    const whole = await open(link)
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(await readFile(await tinyMp4()))
    const part = await open(link, { headers: { range: 'bytes=4-7' } })
    expect([part.status, await part.text()]).toEqual([206, 'ftyp'])
    const head = await open(link, { method: 'HEAD' })
    expect(head.headers.get('content-length')).toBe(whole.headers.get('content-length'))
    expect(head.body).toBeNull()
  })

  test('may be played on another site, is kept by no cache and names no prompt', async () => {
    const answer = await open(`${signedVideoLink(await aVideo())}&download=1`)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'private, no-cache',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
    })
    expect(answer.headers.get('content-disposition')).not.toContain('secret')
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  test('is over with its time, and with its video', async () => {
    const row = await aVideo()
    const short = signedVideoLink(row, { seconds: -1 })!
    const link = signedVideoLink(row)!
    const etag = (await open(link)).headers.get('etag')!
    expect((await open(short)).status).toBe(404)
    await setRow(row.id, { deletedAt: new Date() })
    expect((await open(link, { headers: { 'if-none-match': etag } })).status).toBe(404)
    expect(signedVideoLink((await findGeneration(row.id))!)).toBeNull()
  })

  test('attack: holds for its video, its bytes, its time and its signature alone', async () => {
    const row = await aVideo()
    const other = await aVideo()
    const link = signedVideoLink(row)!
    const { searchParams } = new URL(link)
    const until = searchParams.get('until')!
    const signature = searchParams.get('signature')!
    const forged = [
      link.replace(row.id, other.id),
      link.replace('video.mp4', 'poster.jpg'),
      link.replace(until, String(Number(until) + 1)),
      link.replace(until, `${until}0`),
      link.replace(until, `+${until}`),
      link.replace(`until=${until}&`, ''),
      link.replace(signature, signature.slice(1)),
      link.replace(signature, ''),
      link.replace(signature, `${signature}%20`),
      `${link.split('?')[0]}?until=${until}&signature=x&signature=${signature}`,
    ]
    for (const one of forged) expect((await open(one)).status, one).toBe(404)
    await database().update(asset).set({ sha256: 'other bytes' })
    expect((await open(link)).status).toBe(404)
  })

  test('is none for a video that is not finished', async () => {
    expect(signedVideoLink(await queueVeo(deps))).toBeNull()
  })
})

describe('the address of the studio', () => {
  const asked = (headers: Record<string, string>) =>
    addressAskedAt(new Request('http://inside/api', { headers }))

  test('is PUBLIC_URL, else the name that the request came by', () => {
    expect(asked({ host: 'studio.lan:3000', origin: 'https://elsewhere.example' })).toBe(
      'http://studio.lan:3000',
    )
    const proxied = {
      host: 'inside',
      'x-forwarded-host': 'out.example',
      'x-forwarded-proto': 'https',
    }
    expect(asked(proxied)).toBe('http://inside')
    Object.assign(env(), { TRUST_PROXY: 1 })
    expect(asked(proxied)).toBe('https://out.example')
    Object.assign(env(), { PUBLIC_URL: 'https://studio.example' })
    expect(asked(proxied)).toBe('https://studio.example')
    Object.assign(env(), { TRUST_PROXY: 0, PUBLIC_URL: undefined })
  })
})
