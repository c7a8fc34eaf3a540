import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { scriptedProvider } from '../../tests/support/generations/scripted-provider.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import {
  type TestGeneration,
  forgetEverything,
  queueFile,
  testGeneration,
} from '../../tests/support/generations/test-generation.ts'
import type { FilePage } from '#lib/contract/file-view'
import { sessionHeader } from '#lib/contract/answer-headers'
import { sql } from 'drizzle-orm'
import { database } from '../db/client.ts'
import { applyEvent } from '../generations/store.ts'
import { listFiles } from './list-files.ts'
import { aVisitor, useDataFolder } from './test-visitor.ts'

useDataFolder()
withTestDatabase()

let deps: TestGeneration
let visitor: Awaited<ReturnType<typeof aVisitor>>

beforeEach(async () => {
  await forgetEverything()
  deps = testGeneration(scriptedProvider({ videoPath: '' }))
  visitor = await aVisitor()
})
afterEach(() => deps.dispose())

async function list(query = '', etag?: string | null) {
  const headers: HeadersInit = etag ? { 'if-none-match': etag } : {}
  const response = await listFiles(visitor.request(`/api/file${query}`, { headers }))
  const page = response.status === 200 ? ((await response.json()) as FilePage) : undefined
  return { status: response.status, etag: response.headers.get('etag'), page, response }
}

const start = () => {
  deps.pass(1_000)
  return queueFile(deps, { ownerId: visitor.ownerId })
}

describe('P4: the poll of the list', () => {
  test('is a 304 until a file is started, changed or deleted', async () => {
    const first = await start()
    let known = (await list()).etag
    expect(await list('', known)).toMatchObject({ status: 304, etag: known })
    expect((await list('', `W/${known}`)).status).toBe(304)

    const changes = [
      start,
      () => applyEvent(first.id, { type: 'cancel_requested', ownerId: visitor.ownerId }),
      () => applyEvent(first.id, { type: 'delete_requested', ownerId: visitor.ownerId }),
    ]
    for (const change of changes) {
      await change()
      const now = await list('', known)
      expect(now.status).toBe(200)
      expect(now.etag).not.toBe(known)
      known = now.etag
      expect((await list('', known)).status).toBe(304)
    }
  })

  test('stands for its own page alone, whatever follows', async () => {
    for (let number = 0; number < 5; number++) await start()
    const top = await list('?limit=2')
    const next = await list(`?limit=2&cursor=${top.page!.nextCursor}`)
    expect(next.page!.files.map(({ id }) => id)).not.toEqual(top.page!.files.map(({ id }) => id))
    expect((await list(`?limit=2&cursor=${top.page!.nextCursor}`, top.etag)).status).toBe(200)
    expect((await list('?limit=3', top.etag)).status).toBe(200)
    await start()
    expect((await list(`?limit=2&cursor=${top.page!.nextCursor}`, next.etag)).status).toBe(304)
  })

  test('is found by an index, and reads no more than its page', async () => {
    const plan = await database().execute(sql`explain (format json)
      select id, version, created_at from generation
      where owner_id = 'somebody' and deleted_at is null
      order by created_at desc, id desc limit 25`)
    expect(JSON.stringify(plan.rows)).toContain('generation_owner')
  })

  test('holds images or the other files where one kind is asked for', async () => {
    const film = await start()
    const still = await start()
    await database().execute(sql`update generation set kind = 'image' where id = ${still.id}`)
    const idsOf = async (query: string) => (await list(query)).page!.files.map(({ id }) => id)
    expect(await idsOf('?kind=image')).toEqual([still.id])
    expect(await idsOf('?kind=video')).toEqual([film.id])
    expect(await idsOf('')).toEqual([still.id, film.id])
    expect((await list('?kind=film')).status).toBe(400)
  })

  test('F1: says whose session was asked, and of none that there is none', async () => {
    const mine = (await list()).response.headers.get(sessionHeader)
    expect(mine).toMatch(/^[0-9a-f]{12}$/)
    expect(mine).not.toContain(visitor.ownerId)
    expect((await list()).response.headers.get(sessionHeader)).toBe(mine)
    const stranger = await listFiles(new Request('http://localhost/api/file'))
    expect(stranger.headers.get(sessionHeader)).toBe('none')
    expect(stranger.headers.getSetCookie()).toEqual([])
  })
})
