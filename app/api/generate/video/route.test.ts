import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { database } from '#lib/db/client'
import { generation } from '#lib/db/generation-schema'
import { aVisitor, useDataFolder } from '#lib/http/test-visitor'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { setFinished } from '../../../../tests/support/database/set-row.ts'
import { withTestDatabase } from '../../../../tests/support/database/test-database.ts'
import { forgetEverything } from '../../../../tests/support/generations/test-generation.ts'
import { POST as estimate } from '../../estimate/route.ts'
import { POST } from './route.ts'

useDataFolder()
process.env.KIE_API_KEY = 'a key'
withTestDatabase()

let anna: Awaited<ReturnType<typeof aVisitor>>
beforeAll(async () => {
  await startQueue()
  anna = await aVisitor()
})
afterAll(() => stopQueue(1_000))
beforeEach(forgetEverything)

function post(differences: object, headers: Record<string, string> = {}) {
  const body = JSON.stringify({ prompt: 'a fox', model: 'local-preview', ...differences })
  const typed = { 'content-type': 'application/json', ...headers }
  return anna.request('/api/generate/video', { method: 'POST', body, headers: typed })
}

test('variations are answered in their order, the first one leading', async () => {
  const response = await POST(post({ variations: 3, seed: 5 }))
  expect(response.status).toBe(202)
  const { fileId, files, url, success } = await response.json()
  expect(success).toBe(true)
  expect(url).toBeUndefined()
  expect(files).toMatchObject([5, 6, 7].map((seed) => ({ status: 'pending', settings: { seed } })))
  expect(files[0].id).toBe(fileId)
  expect(response.headers.get('location')).toBe(`/api/file/${fileId}`)
})

test('a video of the last hour is answered with its address', async () => {
  const { fileId } = await (await POST(post({}))).json()
  await setFinished(fileId)
  const again = await (await POST(post({ useCache: true }))).json()
  expect(again).toMatchObject({ fileId, url: `/api/media/${fileId}/video.mp4` })
})

test('the same click is answered the same', async () => {
  const click = { 'idempotency-key': 'click-1' }
  const [first, second] = [await POST(post({}, click)), await POST(post({}, click))]
  expect((await second.json()).fileId).toBe((await first.json()).fileId)
  const other = await POST(post({ prompt: 'a dog' }, click))
  expect(other.status).toBe(422)
})

test('what is paid for needs a session that was there before', async () => {
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'click-2' }
  const body = JSON.stringify({ prompt: 'a fox', model: 'veo-3.1-fast' })
  const send = (cookie: string) => {
    const init = { method: 'POST', body, headers: { ...headers, cookie } }
    return POST(new Request('http://localhost/api/generate/video', init))
  }
  const refused = await send('')
  expect(refused.status).toBe(401)
  expect((await refused.json()).code).toBe('session_required')
  const cookie = refused.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const [first, second] = [await send(cookie), await send(cookie)]
  expect(first.status).toBe(202)
  expect((await second.json()).fileId).toBe((await first.json()).fileId)
})

test('what a start refuses, an estimate refuses in the same words', async () => {
  const wrong = { duration: 99, model: 'local-preview', seed: -1 }
  const [refused, told] = [await POST(post(wrong)), await estimate(post(wrong))]
  expect([refused.status, told.status]).toEqual([400, 400])
  const { traceId: _, ...problem } = await refused.json()
  expect(await told.json()).toMatchObject(problem)
  expect(await database().select().from(generation)).toEqual([])
})
