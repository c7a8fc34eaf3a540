import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import {
  allDeliveries,
  enqueue,
  forgetNotices,
  notedChannel,
  sentOk,
} from '../../tests/support/notices/told.ts'
import { usePace } from '../pace.ts'
import { addChannel, channels } from './channels.ts'
import { startNotices } from './worker.ts'

usePace(JSON.stringify({ noticeSweepMs: 50, noticeGraceMs: 0, noticeTimeoutMs: 60_000 }))
withTestDatabase()

let workers: ReturnType<typeof startNotices>[] = []
beforeEach(forgetNotices)
afterEach(async () => {
  await Promise.all(workers.map((one) => one.stop()))
  workers = []
  channels().clear()
})
const start = () => workers.push(startNotices())

describe('a worker', () => {
  test('tells others while an owner floods addresses that hang, and leaves them due when it stops', async () => {
    const { channel, told } = notedChannel('webhook', {
      targetsOf: ({ ownerId, fileId }) =>
        Promise.resolve([ownerId === 'flood' ? `hangs ${fileId}` : ownerId]),
      // Whatever the signal says.
      tell: ({ target }) =>
        target.startsWith('hangs') ? new Promise(() => {}) : Promise.resolve(sentOk),
    })
    addChannel(channel)
    for (let index = 0; index < 40; index++)
      await enqueue({ userId: 'flood', createdAt: new Date() })
    start()
    await expect.poll(() => told.length).toBe(4)
    await enqueue({ userId: 'boris', createdAt: new Date() })
    await expect.poll(() => told.map(({ target }) => target)).toContain('boris')
    expect(told).toHaveLength(5)
    await workers[0]!.stop()
    const left = (await allDeliveries()).filter(({ state }) => state === 'due')
    expect(left).toHaveLength(40)
    expect(left.every(({ leaseId, tries }) => leaseId === null && tries === 0)).toBe(true)
  })

  test('shares the work with others: each message goes out once', async () => {
    const { channel, told } = notedChannel('webhook', {
      targetsOf: ({ userId }) => Promise.resolve([userId, `${userId} too`]),
    })
    addChannel(channel)
    for (let index = 0; index < 60; index++)
      await enqueue({ userId: `user-${index % 20}`, createdAt: new Date() })
    for (let process = 0; process < 3; process++) start()
    await expect.poll(() => told.length, { timeout: 30_000 }).toBe(120)
    const sent = told.map(({ target, notices }) => `${target} ${notices[0]!.id}`)
    expect(new Set(sent).size).toBe(120)
  })
})
