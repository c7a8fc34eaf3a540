import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { findGeneration } from '#lib/generations/queries'
import { aVisitor, useDataFolder } from '#lib/http/test-visitor'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { queueVeo, veoProviders } from '../../../../../tests/support/generations/queue-veo.ts'
import { setRow } from '../../../../../tests/support/database/set-row.ts'
import { withTestDatabase } from '../../../../../tests/support/database/test-database.ts'
import {
  forgetEverything,
  testGeneration,
} from '../../../../../tests/support/generations/test-generation.ts'
import { POST } from './route.ts'

useDataFolder()
withTestDatabase()

let anna: Awaited<ReturnType<typeof aVisitor>>
let boris: typeof anna
beforeAll(async () => {
  await startQueue()
  anna = await aVisitor()
  boris = await aVisitor()
})
afterAll(() => stopQueue(1_000))
beforeEach(forgetEverything)

async function annasFile(state: 'submit_unknown' | 'waiting') {
  const deps = testGeneration((await veoProviders()).kie)
  const { id } = await queueVeo(deps, { ownerId: anna.ownerId })
  await setRow(id, { state, attemptKey: 'token_1' })
  await deps.dispose()
  return id
}

const post = (who: typeof anna, fileId: string) =>
  POST(who.request(`/api/file/${fileId}/resubmit`, { method: 'POST' }), {
    params: Promise.resolve({ fileId }),
  })

test('the owner has it submitted again, once', async () => {
  const id = await annasFile('submit_unknown')
  const response = await post(anna, id)
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ id, status: 'pending', queuePlace: 1 })
  const again = await post(anna, id)
  expect(again.status).toBe(409)
  expect(await again.json()).toMatchObject({ code: 'not_possible_now', fileId: id })
})

test('what is on its way is not submitted again', async () => {
  expect((await post(anna, await annasFile('waiting'))).status).toBe(409)
})

test('no other owner can, nor sees that there is one', async () => {
  const id = await annasFile('submit_unknown')
  expect((await post(boris, id)).status).toBe(404)
  expect((await post(anna, 'file_none')).status).toBe(404)
  expect(await findGeneration(id)).toMatchObject({
    state: 'submit_unknown',
    attemptKey: 'token_1',
  })
})
