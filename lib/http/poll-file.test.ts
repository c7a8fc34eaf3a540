import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { queueFile } from '../../tests/support/generations/test-generation.ts'
import { database } from '../db/client.ts'
import { generation } from '../db/generation-schema.ts'
import { pollFile } from './poll-file.ts'
import { aVisitor, useDataFolder } from './test-visitor.ts'

useDataFolder()
withTestDatabase()

async function polledFile() {
  const visitor = await aVisitor()
  const { id } = await queueFile({ now: () => new Date() }, { ownerId: visitor.ownerId })
  const change = (values: Partial<typeof generation.$inferInsert>) =>
    database().update(generation).set(values).where(eq(generation.id, id))
  const poll = ({ request }: Pick<typeof visitor, 'request'>, etag?: string) =>
    pollFile(request('/', etag === undefined ? {} : { headers: { 'if-none-match': etag } }), id)
  await change({ state: 'waiting' })
  return { id, visitor, change, poll }
}

test('a poll that knows the version is told so, and when to ask again', async () => {
  const { id, visitor, poll } = await polledFile()
  const whole = await poll(visitor)
  expect(await whole.json()).toMatchObject({ id, version: 1 })
  const told = (answer: Response) =>
    ['etag', 'retry-after', 'cache-control'].map((name) => answer.headers.get(name))
  expect(told(whole)).toEqual(['"1"', '10', 'private, no-store'])

  const unchanged = await poll(visitor, '"1"')
  expect(unchanged.status).toBe(304)
  expect(told(unchanged)).toEqual(told(whole))
  expect((await poll(visitor, 'W/"1"')).status).toBe(304)
  expect((await poll(visitor, '"0"')).status).toBe(200)
})

test('a poll that knows the version is told no less of what it must not see', async () => {
  const { visitor, change, poll } = await polledFile()
  expect((await poll(await aVisitor(), '"1"')).status).toBe(404)
  await change({ deletedAt: new Date() })
  expect((await poll(visitor, '"1"')).status).toBe(404)
})

test('a file in a queue is told whole: its place is no part of the version', async () => {
  const { visitor, change, poll } = await polledFile()
  await change({ state: 'queued' })
  const answer = await poll(visitor, '"1"')
  expect(await answer.json()).toMatchObject({ queuePlace: 1 })
})

test('one that is over is not to be asked for again', async () => {
  const { visitor, change, poll } = await polledFile()
  await change({ state: 'canceled' })
  expect((await poll(visitor)).headers.has('retry-after')).toBe(false)
  const unchanged = await poll(visitor, '"1"')
  expect([unchanged.status, unchanged.headers.has('retry-after')]).toEqual([304, false])
})
