import { createOTP } from '@better-auth/utils/otp'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { GET as listChats } from '../../app/api/chat/route.ts'
import { GET as readChat } from '../../app/api/chat/[chatId]/route.ts'
import { POST as cancel } from '../../app/api/file/[fileId]/cancel/route.ts'
import { POST as generate } from '../../app/api/generate/video/route.ts'
import { POST as giveSession } from '../../app/api/session/route.ts'
import { setRow } from '../../tests/support/database/set-row.ts'
import { aPerson } from '../../tests/support/people/people.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { formerSessionHeader, sessionHeader } from '#lib/contract/answer-headers'
import { session, user } from '../db/auth-schema.ts'
import { chat } from '../db/chat-schema.ts'
import { database } from '../db/client.ts'
import { generation } from '../db/generation-schema.ts'
import { adoption } from '../db/people-schema.ts'
import { hub } from '../events/hub.ts'
import { newId } from '../ids.ts'
import { startQueue, stopQueue } from '../jobs/queue.ts'
import { pace } from '../pace.ts'
import { forgetProcessWide } from '../process-wide.ts'
import { heldStreams } from './streams/held-streams.ts'
import { listFiles } from './list-files.ts'
import { pollFile } from './poll-file.ts'
import { streamEvents } from './streams/stream-events.ts'
import { TestBrowser } from './test-browser.ts'
import { useDataFolder } from './test-visitor.ts'

useDataFolder()
withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))
afterAll(() => hub().close())
beforeEach(() => void (pace().sessionLookMs = 50))

const sameOrigin = { 'sec-fetch-site': 'same-origin' }
const body = { prompt: 'a fox', model: 'local-preview', duration: 2, resolution: '480p' }
const startInit = (key: string) => ({
  method: 'POST',
  headers: { ...sameOrigin, 'content-type': 'application/json', 'idempotency-key': key },
  body: JSON.stringify(body),
})
const post = { method: 'POST', headers: sameOrigin }
const poll = (id: string) => (request: Request) => pollFile(request, id)
const pathOf = (id: string) => `/api/file/${id}`

/** A browser that has been here, with a video under way. */
async function aVisitor(key = 'click') {
  const browser = new TestBrowser()
  await browser.send(giveSession, '/api/session', post)
  const started = await browser.send(generate, '/api/generate/video', startInit(key))
  expect(started.status).toBe(202)
  const { id } = (await started.json()).files[0] as { id: string }
  const ownerId = await ownerOf(id)
  return { browser, id, ownerId }
}

async function ownerOf(fileId: string) {
  const [row] = await database().select().from(generation).where(eq(generation.id, fileId))
  return row!.ownerId
}

/** As in another process, or ten seconds later. */
const forgetSessions = () => forgetProcessWide('remembered sessions')

const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code

describe('a visitor who signs in', () => {
  test('keeps the video under way, from the first request on, and no poll sees a 404', async () => {
    const { browser, id } = await aVisitor()
    const member = await aPerson()
    const mark = (await browser.send(poll(id), pathOf(id))).headers.get(sessionHeader)
    expect((await browser.signIn(member)).status).toBe(200)
    // Nothing was moved: the answer might have been lost.
    expect(await ownerOf(id)).not.toBe(member.id)
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => browser.send(poll(id), pathOf(id))),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200))
    expect(await ownerOf(id)).toBe(member.id)
    // The pages that were open before know by it that the account is theirs.
    expect(answers[0]!.headers.get(formerSessionHeader)).toBe(mark)
    expect(answers[0]!.headers.get(sessionHeader)).not.toBe(mark)
    const list = await browser.send(listFiles, '/api/file')
    expect((await list.json()).files).toMatchObject([{ id }])
  })

  test('is still the visitor where the answer was lost', { tags: 'long' }, async () => {
    const { browser, id, ownerId } = await aVisitor()
    const member = await aPerson()
    const lost = new TestBrowser()
    for (const [name, value] of browser.jar) lost.jar.set(name, value)
    await lost.signIn(member)
    expect((await browser.send(poll(id), pathOf(id))).status).toBe(200)
    expect(await ownerOf(id)).toBe(ownerId)
    await browser.signIn(member)
    expect((await browser.send(poll(id), pathOf(id))).status).toBe(200)
    expect(await ownerOf(id)).toBe(member.id)
  })

  test('and fails is the visitor as before', async () => {
    const { browser, id } = await aVisitor()
    const before = browser.session
    const refused = await browser.signIn({ ...(await aPerson()), password: 'wrong' })
    expect(refused.status).toBe(401)
    expect(browser.session).toBe(before)
    expect(browser.former).toBeUndefined()
    expect((await browser.send(poll(id), pathOf(id))).status).toBe(200)
  })

  test('with a second factor is the visitor until that is given', async () => {
    const member = await aPerson()
    const secret = await withSecondFactor(member)
    const { browser, id, ownerId } = await aVisitor()
    const before = browser.session
    const first = await browser.signIn(member)
    expect(await first.json()).toMatchObject({ twoFactorRedirect: true })
    expect(browser.session).toBe(before)
    expect(browser.former).toBeUndefined()
    expect((await browser.send(poll(id), pathOf(id))).status).toBe(200)
    expect(await ownerOf(id)).toBe(ownerId)
    const wrong = await browser.auth('two-factor/verify-totp', { code: '000000' })
    expect(wrong.status).toBe(401)
    expect(browser.session).toBe(before)
    const code = await createOTP(secret).totp()
    expect((await browser.auth('two-factor/verify-totp', { code })).status).toBe(200)
    expect((await browser.send(poll(id), pathOf(id))).status).toBe(200)
    expect(await ownerOf(id)).toBe(member.id)
  })

  test('finds the same video by the same key', async () => {
    const { browser, id } = await aVisitor('one-click')
    await browser.signIn(await aPerson())
    const again = await browser.send(generate, '/api/generate/video', startInit('one-click'))
    expect((await again.json()).files).toMatchObject([{ id }])
  })

  test('twice in two tabs at once has everything once', async () => {
    const { browser, id } = await aVisitor()
    const member = await aPerson()
    await Promise.all([browser.signIn(member), browser.signIn(member)])
    expect((await browser.send(poll(id), pathOf(id))).status).toBe(200)
    expect(await ownerOf(id)).toBe(member.id)
    expect(await database().$count(adoption, eq(adoption.toId, member.id))).toBe(1)
  })

  test('from two browsers at once has what both made', { tags: 'long' }, async () => {
    const member = await aPerson()
    const both = await Promise.all([aVisitor(), aVisitor()])
    await Promise.all(
      both.map(async ({ browser, id }) => {
        await browser.signIn(member)
        expect((await browser.send(poll(id), pathOf(id))).status).toBe(200)
      }),
    )
    for (const { browser } of both)
      expect((await (await browser.send(listFiles, '/api/file')).json()).files).toHaveLength(2)
  })
})

async function withSecondFactor(member: Awaited<ReturnType<typeof aPerson>>) {
  const browser = new TestBrowser()
  await browser.signIn(member)
  const enabled = await browser.auth('two-factor/enable', { password: member.password })
  const uri = new URL(((await enabled.json()) as { totpURI: string }).totpURI)
  const secret = base32Decoded(uri.searchParams.get('secret')!)
  const code = await createOTP(secret).totp()
  expect((await browser.auth('two-factor/verify-totp', { code })).status).toBe(200)
  return secret
}

function base32Decoded(text: string) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(text.replaceAll('=', ''))
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const bytes = bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2))
  return Buffer.from(bytes).toString()
}

test('the former cookie goes an hour after it has done its work, and not before', async () => {
  const { browser, id } = await aVisitor()
  await browser.signIn(await aPerson())
  await browser.send(poll(id), pathOf(id))
  await browser.send(giveSession, '/api/session', post)
  expect(browser.former).toBeDefined()
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61 * 60_000 })
  try {
    await browser.send(poll(id), pathOf(id))
    expect(browser.former).toBeDefined()
    await browser.send(giveSession, '/api/session', post)
    expect(browser.former).toBeUndefined()
    expect((await browser.send(poll(id), pathOf(id))).status).toBe(200)
  } finally {
    vi.useRealTimers()
  }
})

test('where it cannot be moved the sign-in holds, and the next request tries again', async () => {
  const { browser, id, ownerId } = await aVisitor()
  const member = await aPerson()
  await browser.signIn(member)
  const db = database()
  await db.execute(sql`create function broken() returns trigger language plpgsql
    as 'begin raise exception ''broken''; end'`)
  await db.execute(sql`create trigger broken before insert on adoption execute function broken()`)
  const early = await browser.send(poll(id), pathOf(id))
  expect(early.status).toBe(503)
  expect(early.headers.get('retry-after')).toBe('1')
  expect((await browser.send(listFiles, '/api/file')).status).toBe(200)
  const started = await browser.send(generate, '/api/generate/video', startInit('meanwhile'))
  expect(started.status).toBe(202)
  expect(await ownerOf(id)).toBe(ownerId)
  await db.execute(sql`drop function broken() cascade`)
  await expect.poll(async () => (await browser.send(poll(id), pathOf(id))).status).toBe(200)
  expect(await ownerOf(id)).toBe(member.id)
})

describe('two accounts in turn on one browser', () => {
  test('the first has the work, the second none of it, and the next visitor nothing', async () => {
    const { browser, id } = await aVisitor()
    const [anna, boris] = [await aPerson(), await aPerson()]
    await browser.signIn(anna)
    await browser.send(poll(id), pathOf(id))
    await browser.auth('sign-out')
    expect((await browser.send(poll(id), pathOf(id))).status).toBe(404)
    expect((await (await browser.send(listFiles, '/api/file')).json()).files).toEqual([])
    await browser.signIn(boris)
    expect((await browser.send(poll(id), pathOf(id))).status).toBe(404)
    expect(await ownerOf(id)).toBe(anna.id)
    await browser.auth('sign-out')
    await browser.send(giveSession, '/api/session', post)
    expect((await browser.send(poll(id), pathOf(id))).status).toBe(404)
  })

  test(
    'what could not be moved before the sign-out is there at the next sign-in of that account',
    { tags: 'long' },
    async () => {
      const { browser, id } = await aVisitor()
      const [anna, boris] = [await aPerson(), await aPerson()]
      await browser.signIn(anna)
      // No request brought both: as if every one of them had failed.
      for (const name of browser.jar.keys())
        if (name.endsWith('session_token')) browser.jar.delete(name)
      await browser.signIn(boris)
      expect((await browser.send(poll(id), pathOf(id))).status).toBe(404)
      await browser.auth('sign-out')
      await browser.signIn(anna)
      expect((await browser.send(poll(id), pathOf(id))).status).toBe(200)
    },
  )
})

describe('what is under way with the visitor’s session', () => {
  async function adopted() {
    const visitor = await aVisitor()
    const { browser, id } = visitor
    const [chatId, times] = [newId('chat'), { createdAt: new Date(), updatedAt: new Date() }]
    await database()
      .insert(chat)
      .values({
        id: newId('chat'),
        publicId: chatId,
        ownerId: visitor.ownerId,
        title: 'talk',
        ...times,
      })
    const old = new TestBrowser()
    for (const [name, value] of browser.jar) old.jar.set(name, value)
    const member = await aPerson()
    await browser.signIn(member)
    await browser.send(poll(id), pathOf(id))
    return { ...visitor, old, member, chatId }
  }

  test.each(['remembered', 'looked up'])(
    'and %s sees its own video, and is told to come again for all else',
    async (how) => {
      const { old, id, member, chatId } = await adopted()
      if (how === 'looked up') forgetSessions()
      expect((await old.send(poll(id), pathOf(id))).status).toBe(200)
      const again = await Promise.all([
        old.send(listFiles, '/api/file'),
        old.send((request) => listChats(request), '/api/chat'),
        old.send(
          (request) => readChat(request, { params: Promise.resolve({ chatId }) }),
          `/api/chat/${chatId}`,
        ),
      ])
      for (const answer of again) {
        expect(answer.status).toBe(503)
        expect(answer.headers.get('retry-after')).toBe('1')
        expect(await codeOf(answer)).toBe('service_unavailable')
      }
      // Nothing of the account that the visitor did not make.
      const other = new TestBrowser()
      await other.signIn(member)
      const started = await other.send(generate, '/api/generate/video', startInit('of-the-account'))
      const mine = (await started.json()).files[0].id as string
      expect((await old.send(poll(mine), pathOf(mine))).status).toBe(503)
    },
  )

  test('may not begin or change anything, and gets no session in place of the account’s', async () => {
    const { old, id, member } = await adopted()
    const count = () => database().$count(generation, eq(generation.ownerId, member.id))
    const before = await count()
    const params = { params: Promise.resolve({ fileId: id }) }
    const refusals = [
      await old.send(generate, '/api/generate/video', startInit('late')),
      await old.send((request) => cancel(request, params), `${pathOf(id)}/cancel`, post),
      await old.send(giveSession, '/api/session', post),
    ]
    for (const answer of refusals) {
      expect(answer.status).toBe(401)
      expect(await codeOf(answer)).toBe('session_required')
      expect(answer.headers.getSetCookie()).toEqual([])
    }
    expect(await count()).toBe(before)
  })

  test('sees nothing any more after a minute', { tags: 'long' }, async () => {
    const { old, id, ownerId } = await adopted()
    await database()
      .update(adoption)
      .set({ at: sql`now() - interval '61 seconds'` })
    expect((await old.send(poll(id), pathOf(id))).status).toBe(404)
    forgetSessions()
    expect((await old.send(poll(id), pathOf(id))).headers.get(sessionHeader)).toBe('none')
    const next = await old.send(generate, '/api/generate/video', startInit('later'))
    expect(next.status).toBe(202)
    expect(old.session).toBeDefined()
    expect(await database().$count(user, eq(user.id, ownerId))).toBe(1)
  })

  test('a start whose body comes after the sign-in does not begin at the account’s cost', async () => {
    const { browser, id } = await aVisitor()
    const member = await aPerson()
    const { promise: isSignedIn, resolve } = Promise.withResolvers<void>()
    const slow = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await isSignedIn
        controller.enqueue(new TextEncoder().encode(JSON.stringify(body)))
        controller.close()
      },
    })
    const init = { ...startInit('slow'), body: slow, duplex: 'half' } as RequestInit
    const answer = generate(browser.request('/api/generate/video', init))
    await browser.signIn(member)
    await browser.send(poll(id), pathOf(id))
    resolve()
    expect((await answer).status).toBe(401)
    expect(await codeOf(await answer)).toBe('session_required')
    expect(await database().$count(generation, eq(generation.ownerId, member.id))).toBe(1)
  })
})

describe('an open stream', () => {
  async function opened(browser: TestBrowser, channels: string) {
    const answer = await browser.send(
      (request) => streamEvents(request, channels),
      `/api/v1/events/${channels}`,
    )
    let text = ''
    const { promise: end, resolve } = Promise.withResolvers<void>()
    void answer.body?.pipeTo(
      new WritableStream({
        write: (bytes) => void (text += new TextDecoder().decode(bytes)),
        close: resolve,
      }),
    )
    return { answer, end, text: () => text }
  }

  test(
    'goes on until it ends by itself within seconds, and the next one has everything',
    { tags: 'long' },
    async () => {
      const { browser, id } = await aVisitor()
      const stream = await opened(browser, `file.${id},user`)
      await browser.signIn(await aPerson())
      await browser.send(poll(id), pathOf(id))
      await stream.end
      expect(stream.text()).toContain('retry: 500')
      expect(stream.text()).not.toContain('not_found')
      const next = await opened(browser, `file.${id},user`)
      await expect.poll(next.text).toContain(id)
      await setRow(id, { progress: 0.5 }, { isPublished: true })
      await expect.poll(next.text).toContain('"version":2')
      await browser.auth('sign-out')
      await next.end
      expect(heldStreams().count).toBe(0)
    },
  )

  type Ending = [how: string, end: (whose: { userId: string }) => Promise<unknown>]

  test.each<Ending>([
    ['revoked', ({ userId }) => database().delete(session).where(eq(session.userId, userId))],
  ])('ends where its session is %s, and cannot be opened again', expectEnded)

  test.each<Ending>([
    [
      'expired',
      ({ userId }) =>
        database().update(session).set({ expiresAt: new Date() }).where(eq(session.userId, userId)),
    ],
    [
      'of an account that is banned',
      ({ userId }) => database().update(user).set({ banned: true }).where(eq(user.id, userId)),
    ],
  ])('ends where its session is %s, and cannot be opened again', { tags: 'long' }, expectEnded)

  async function expectEnded(...[, end]: Ending) {
    const browser = new TestBrowser()
    const member = await aPerson()
    await browser.signIn(member)
    const stream = await opened(browser, 'user')
    expect(stream.answer.status).toBe(200)
    await end({ userId: member.id })
    await stream.end
    expect((await opened(browser, 'user')).answer.status).toBe(404)
  }

  test(
    'of a session that lives goes on, and costs one query for all',
    { tags: 'long' },
    async () => {
      const browser = new TestBrowser()
      await browser.signIn(await aPerson())
      const streams = [await opened(browser, 'user'), await opened(browser, 'user')]
      await vi.waitFor(() => expect(heldStreams().count).toBe(2))
      await new Promise((resolve) => setTimeout(resolve, 500))
      expect(heldStreams().count).toBe(2)
      await browser.auth('sign-out')
      await Promise.all(streams.map(({ end }) => end))
    },
  )
})

describe('a planted session', () => {
  test('is no way into the account: its cookie is worth nothing, and the former one neither', async () => {
    const { browser: attacker } = await aVisitor()
    const victim = new TestBrowser()
    for (const [name, value] of attacker.jar) victim.jar.set(name, value)
    const member = await aPerson()
    await victim.signIn(member)
    const own = await victim.send(generate, '/api/generate/video', startInit('mine'))
    const mine = (await own.json()).files[0].id as string
    expect(victim.session).not.toBe(attacker.session)
    // Also with the account's former cookie, which names whom the browser was.
    for (const [name, value] of victim.jar)
      if (name.endsWith('.former')) attacker.jar.set(name, value)
    for (const forget of [() => {}, forgetSessions]) {
      forget()
      expect((await attacker.send(poll(mine), pathOf(mine))).status).toBe(503)
      expect((await attacker.send(listFiles, '/api/file')).status).toBe(503)
    }
    await database()
      .update(adoption)
      .set({ at: sql`now() - interval '61 seconds'` })
    forgetSessions()
    expect((await attacker.send(poll(mine), pathOf(mine))).status).toBe(404)
  })

  test('a former cookie of another account, or an altered one, moves nothing', async () => {
    const { browser, id, ownerId } = await aVisitor()
    const [anna, boris] = [await aPerson(), await aPerson()]
    await browser.signIn(anna)
    const [name, value] = [...browser.jar].find(([one]) => one.endsWith('.former'))!
    const thief = new TestBrowser()
    await thief.signIn(boris)
    for (const forged of [
      value,
      value.replace(ownerId, 'x'),
      `${value}x`,
      '..',
      'ä'.repeat(43),
      '',
    ]) {
      thief.jar.set(name, forged)
      expect((await thief.send(poll(id), pathOf(id))).status).toBe(404)
    }
    expect(await ownerOf(id)).toBe(ownerId)
  })
})
