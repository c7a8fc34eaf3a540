import type { FileNews, NewsObject } from '#lib/contract/file-view'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aPerson, aSessionWithin, aTeamOf } from '../../../tests/support/people/a-person.ts'
import { enqueue } from '../../../tests/support/notices/told.ts'
import { scriptedProvider } from '../../../tests/support/generations/scripted-provider.ts'
import { setFinished } from '../../../tests/support/database/set-row.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import {
  type TestGeneration,
  driveToEnd,
  forgetEverything,
  queueFile,
  testGeneration,
} from '../../../tests/support/generations/test-generation.ts'
import { databaseAddress, inTransaction } from '../../db/client.ts'
import { hub } from '../../events/hub.ts'
import { openStreams } from '../../events/open-streams.ts'
import { applyEvent, applyIn } from '../../generations/store.ts'
import { newId } from '../../ids.ts'
import { streamEvents } from './stream-events.ts'
import { aVisitor, useDataFolder } from '../test-visitor.ts'

useDataFolder()
withTestDatabase()

let deps: TestGeneration
let visitor: Awaited<ReturnType<typeof aVisitor>>

afterAll(() => hub().close())
beforeEach(async () => {
  await forgetEverything()
  deps = testGeneration(scriptedProvider({ videoPath: '' }))
  visitor = await aVisitor()
})
afterEach(() => deps.dispose())

/** Opens the channels as the visitor does; what came, and the news in it. */
async function open(channels: string, whose = visitor) {
  const response = await streamEvents(whose.request(`/api/v1/events/${channels}`), channels)
  let text = ''
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  const read = async (bytes: NonNullable<typeof reader>) => {
    for (let part = await bytes.read(); !part.done; part = await bytes.read())
      text += decoder.decode(part.value, { stream: true })
  }
  if (reader) void read(reader)
  const messages = () =>
    [...text.matchAll(/^data: (.*)$/gm)].map(
      (match) => JSON.parse(match[1]!) as { type: string; object: NewsObject },
    )
  const news = () =>
    messages()
      .filter(({ type }) => type === 'news')
      .map(({ object }) => object.changes)
  const changes = (): FileNews[] => news().flat()
  return { response, news, changes, text: () => text, cancel: () => reader?.cancel() }
}

const start = (ownerId: string, more: Parameters<typeof queueFile>[1] = {}) =>
  queueFile(deps, { ownerId, ...more })

describe('P4: the channel `user`', () => {
  test('begins with a call to look, then tells of a start, an end and a deletion', async () => {
    const { news, changes, cancel } = await open('user')
    await expect.poll(news).toEqual([[]])
    const { id } = await start(visitor.ownerId)
    await expect.poll(changes).toEqual([{ fileId: id, version: 1, change: 'started' }])

    await applyEvent(id, { type: 'cancel_requested', ownerId: visitor.ownerId })
    const { row } = await driveToEnd(id, deps)
    await expect
      .poll(changes)
      .toContainEqual({ fileId: id, version: row!.version, change: 'ended' })

    await applyEvent(id, { type: 'delete_requested', ownerId: visitor.ownerId })
    const deleted = { fileId: id, version: row!.version + 1, change: 'deleted' }
    await expect.poll(changes).toContainEqual(deleted)
    await driveToEnd(id, deps)
    expect(changes().map(({ change }) => change)).toEqual(['started', 'ended', 'deleted'])
    await cancel()
  })

  test('is the session’s own, whatever the channel is called', async () => {
    const stranger = await aVisitor()
    const { news, cancel } = await open('user', stranger)
    await expect.poll(news).toEqual([[]])
    await start(visitor.ownerId)
    const mine = await start(stranger.ownerId)
    await expect.poll(() => news().length).toBe(2)
    expect(news()[1]).toEqual([{ fileId: mine.id, version: 1, change: 'started' }])
    await cancel()
    for (const name of [`user.${visitor.ownerId}`, 'user.', 'users', 'USER', `file.user`])
      expect((await open(name, stranger)).response.status).toBe(404)
  })

  test('is nothing to one without a session', async () => {
    const request = new Request('http://localhost/api/v1/events/user')
    expect((await streamEvents(request, 'user')).status).toBe(404)
  })

  test('names the chat of a video that was started in one, and nothing of the content', async () => {
    const { text, changes, cancel } = await open('user')
    const origin = { originDoor: 'chat', originPlace: { chatId: 'chat_1', callKey: 'x' } } as const
    const { id } = await start(visitor.ownerId, { prompt: 'a secret fox', ...origin })
    const told = { fileId: id, version: 1, change: 'started', chatId: 'chat_1' }
    await expect.poll(changes).toEqual([told])
    expect(text()).not.toContain('fox')
    await cancel()
  })

  test('says nothing of what was rolled back, nor of steps that no list shows', async () => {
    const { changes, cancel } = await open('user')
    const { id } = await start(visitor.ownerId)
    const undone = inTransaction(async (tx) => {
      await applyIn(tx, id, { type: 'delete_requested', ownerId: visitor.ownerId })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await applyEvent(id, { type: 'cancel_requested', ownerId: visitor.ownerId })
    const next = await start(visitor.ownerId)
    await expect.poll(() => changes().map(({ fileId }) => fileId)).toEqual([id, next.id])
    expect(changes().map(({ change }) => change)).toEqual(['started', 'started'])
    await cancel()
  })

  test('carries files as well, and stays open when they are over or were never there', async () => {
    const { id } = await start(visitor.ownerId)
    const unknown = newId('file')
    const { text, changes, cancel } = await open(`file.${id},user,file.${unknown}`)
    await expect.poll(text).toContain(`id: ${id}:1`)
    await expect.poll(text).toContain(`"code":"not_found","fileId":"${unknown}"`)
    await applyEvent(id, { type: 'cancel_requested', ownerId: visitor.ownerId })
    await driveToEnd(id, deps)
    const next = await start(visitor.ownerId)
    await expect.poll(() => changes().map(({ fileId }) => fileId)).toContain(next.id)
    await cancel()
  })

  test('calls to look once the line to the database was away', async () => {
    const { news, changes, cancel } = await open('user')
    await expect.poll(news).toEqual([[]])
    const admin = new pg.Client({ connectionString: databaseAddress() })
    await admin.connect()
    await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'photofinish-events' and datname = current_database()`)
    await admin.end()
    await expect.poll(news).toEqual([[], []])
    const { id } = await start(visitor.ownerId)
    await expect.poll(() => changes().map(({ fileId }) => fileId)).toEqual([id])
    await cancel()
  })

  test('tells a user of new notices, of their own videos and of an organization’s, in both workspaces', async () => {
    const { ask, caller } = await aPerson()
    const team = await aTeamOf({ ask, caller })
    const [own, within] = [
      await open('user', { ...visitor, request: ask }),
      await open('user', { ...visitor, request: await aSessionWithin(caller, team.ownerId) }),
    ]
    const now = new Date()
    const fileId = await enqueue({ userId: caller.userId, ownerId: team.ownerId, createdAt: now })
    const mine = await enqueue({ userId: caller.userId, createdAt: now })
    await enqueue({ userId: 'another', ownerId: team.ownerId, createdAt: now })
    const told = [fileId, mine].map((id) => ({ fileId: id, version: 1, change: 'told' }))
    for (const { changes, cancel } of [own, within]) {
      await expect.poll(changes).toEqual(told)
      await cancel()
    }
  })

  test('answers HEAD at once', async () => {
    const request = new Request(visitor.request('/api/v1/events/user'), { method: 'HEAD' })
    const response = await streamEvents(request, 'user')
    expect(response.status).toBe(200)
    expect(response.body).toBeNull()
  })

  test('F31: answers HEAD as it would GET: 204 where all is final and seen', async () => {
    const { id } = await start(visitor.ownerId)
    const channel = `file.${id}`
    const statusOf = async (method: string, seen?: string) => {
      const headers: HeadersInit = seen ? { 'last-event-id': seen } : {}
      const request = visitor.request(`/api/v1/events/${channel}`, { method, headers })
      const response = await streamEvents(request, channel)
      await response.body?.cancel()
      return response.status
    }
    expect(await statusOf('HEAD', '1')).toBe(200)
    await setFinished(id)
    for (const [seen, status] of [
      ['1000', 204],
      ['0', 200],
      [undefined, 200],
    ] as const) {
      expect(await statusOf('HEAD', seen)).toBe(status)
      expect(await statusOf('GET', seen)).toBe(status)
    }
    expect(openStreams().count).toBe(0)
  })
})

describe('S17: a client that leaves a stream', () => {
  test('before, while and after it opens leaves nothing behind', async () => {
    const { id } = await start(visitor.ownerId)
    const channels = `user,file.${id}`
    for (let visits = 0; visits < 20; visits++) {
      const request = visitor.request(`/api/v1/events/${channels}`)
      const response = await streamEvents(request, channels)
      if (visits % 2 === 0) await response.body!.getReader().read()
      else await sleep(0)
      if (!response.body!.locked) await response.body!.cancel()
      else openStreams().endAll()
    }
    expect(openStreams().count).toBe(0)
    expect(hub().watchedOwners).toBe(0)
    expect(hub().watchedFiles).toBe(0)
  })
})
