import { Canvas } from '@napi-rs/canvas'
import { beforeAll, describe, expect, test } from 'vitest'
import { aVisitor, useDataFolder } from '#lib/http/test-visitor'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { GET as readMedia } from '../media/[...key]/route.ts'
import { POST } from './route.ts'

useDataFolder()
withTestDatabase()

let anna: Awaited<ReturnType<typeof aVisitor>>
beforeAll(async () => {
  anna = await aVisitor()
})

const upload = (body: BodyInit, headers: Record<string, string> = {}) =>
  POST(anna.request('/api/image', { method: 'POST', body, headers }))

describe('an upload', () => {
  test('is kept, and told where it is', async () => {
    const png = new Canvas(30, 20).encodeSync('png')
    // The type that the sender names is ignored.
    const response = await upload(new Uint8Array(png), { 'content-type': 'text/html' })
    expect(response.status).toBe(201)
    const image = await response.json()
    expect(image).toMatchObject({ contentType: 'image/png', width: 30, height: 20 })
    expect(response.headers.get('location')).toBe(image.url)
    const key = image.url.replace('/api/media/', '').split('/')
    const served = await readMedia(anna.request(image.url), { params: Promise.resolve({ key }) })
    expect(Buffer.from(await served.arrayBuffer())).toEqual(png)
  })

  test('that is no picture is refused', async () => {
    const response = await upload('<h1>hello</h1>')
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      code: 'invalid_input',
      errors: [{ field: 'image' }],
    })
  })

  test('of more than 10 MB is refused', async () => {
    const response = await upload(new Uint8Array(10 * 1024 * 1024 + 1))
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({
      code: 'payload_too_large',
      detail: 'The request is too large. The limit is 10 MB.',
    })
  })

  test('from another site is refused', async () => {
    const response = await upload('x', { 'sec-fetch-site': 'cross-site' })
    expect(response.status).toBe(403)
  })
})
