import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { eq, ne } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { POST as sendMessage } from '../../app/api/chat/route.ts'
import { POST as newVersion } from '../../app/api/chat/[chatId]/videos/route.ts'
import { POST as estimate } from '../../app/api/estimate/route.ts'
import { POST as cancel } from '../../app/api/file/[fileId]/cancel/route.ts'
import { POST as resubmit } from '../../app/api/file/[fileId]/resubmit/route.ts'
import { POST as generateImage } from '../../app/api/generate/image/route.ts'
import { POST as generate } from '../../app/api/generate/video/route.ts'
import { GET as readModels } from '../../app/api/models/route.ts'
import { POST as giveSession } from '../../app/api/session/route.ts'
import { setFinished, setRow } from '../../tests/support/database/set-row.ts'
import { queueVeo } from '../../tests/support/generations/queue-veo.ts'
import { aPerson } from '../../tests/support/people/people.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import type { TestGeneration } from '../../tests/support/generations/test-generation.ts'
import type { ModelsAnswer } from '#lib/contract/model-view'
import { attempt, generation } from '../db/generation-schema.ts'
import { chat, chatMessage } from '../db/chat-schema.ts'
import { database } from '../db/client.ts'
import { newId } from '../ids.ts'
import { startQueue, stopQueue } from '../jobs/queue.ts'
import { forgetProcessWide } from '../process-wide.ts'
import { TestBrowser } from './test-browser.ts'
import { doors } from './test-doors.ts'
import { useDataFolder } from './test-visitor.ts'

useDataFolder()
// As an operator's: reached from everywhere, with keys of a provider and of a language model.
const set = {
  ACCESS: 'auto',
  HOST: '0.0.0.0',
  KIE_API_KEY: 'key',
  KIE_BASE_URL: 'http://127.0.0.1:1',
  CHAT_BASE_URL: 'http://127.0.0.1:1',
  CHAT_API_KEY: 'key',
  CHAT_MODEL: 'gpt',
}
const before = Object.fromEntries(Object.keys(set).map((name) => [name, process.env[name]]))
beforeAll(() => {
  Object.assign(process.env, set)
  for (const name of ['env', 'providers', 'chat deps']) forgetProcessWide(name)
})
afterAll(() => {
  for (const [name, value] of Object.entries(before))
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  for (const name of ['env', 'providers', 'chat deps']) forgetProcessWide(name)
})
withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))
beforeEach(async () => {
  for (const table of [generation, attempt, chat]) await database().delete(table)
})

const root = join(import.meta.dirname, '../..')

/** Reads, and what is about accounts alone: people, keys, notices, organizations, money that comes in. */
const harmless =
  /^GET |^\w+ \/api\/(?:account|admin|auth|invitations|keys|notices|organizations|redeem|setup|top-ups)\b/
const exported = /^export (?:const|(?:async )?function) (GET|POST|PUT|PATCH|DELETE)\b/gm

test('every route that changes something is in the table of what a visitor can spend by', () => {
  const routes = readdirSync(join(root, 'app/api'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('route.ts'))
    .flatMap((path) => {
      const text = readFileSync(join(root, 'app/api', path), 'utf8')
      return [...text.matchAll(exported)].map(([, method]) => `${method} /api/${dirname(path)}`)
    })
  const unknown = routes.filter((route) => !harmless.test(route) && !doors[route])
  expect(unknown).toEqual([])
  expect(Object.keys(doors).filter((door) => !routes.includes(door))).toEqual([])
})

test('what admins see is shown to no session that was one’s ten seconds ago', () => {
  const remembering = readdirSync(join(root, 'app/api/admin'), {
    recursive: true,
    encoding: 'utf8',
  })
    .filter((path) => path.endsWith('route.ts'))
    .filter((path) => {
      const text = readFileSync(join(root, 'app/api/admin', path), 'utf8')
      return /export const GET = (?!withFreshSession\()/.test(text)
    })
  expect(remembering).toEqual([])
})

const sameOrigin = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }
const post = (body: object, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { ...sameOrigin, ...headers },
  body: JSON.stringify(body),
})
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code
const paid = () => database().select().from(generation).where(ne(generation.provider, 'local'))
const of = <Params extends object>(params: Params) => ({ params: Promise.resolve(params) })

async function aVisitor() {
  const browser = new TestBrowser()
  await browser.send(giveSession, '/api/session', post({}))
  const started = await browser.send(
    generate,
    '/api/generate/video',
    post({ prompt: 'a fox', model: 'local-preview' }),
  )
  const { id } = (await started.json()).files[0] as { id: string }
  const [row] = await database().select().from(generation).where(eq(generation.id, id))
  return { browser, ownerId: row!.ownerId }
}

async function aMemberHere() {
  const browser = new TestBrowser()
  const member = await aPerson()
  await browser.signIn(member)
  return { browser, ownerId: member.id }
}

const modelsOf = async (browser: TestBrowser) =>
  ((await (await browser.send(readModels, '/api/models')).json()) as ModelsAnswer).models

/** A paid video of this owner from the time when all were let in. */
async function ofBefore(ownerId: string) {
  const deps = { now: () => new Date() } as TestGeneration
  return (await queueVeo(deps, { ownerId })).id
}

const aChatId = () => newId('chat')

async function aChat(ownerId: string) {
  const [publicId, now] = [aChatId(), new Date()]
  const times = { createdAt: now, updatedAt: now }
  await database()
    .insert(chat)
    .values({ id: aChatId(), ownerId, publicId, title: '', ...times })
  return publicId
}

describe('a visitor, where only members may spend', () => {
  test('is shown what costs money as what one signs in for, and starts none of it', async () => {
    const { browser } = await aVisitor()
    const member = await aMemberHere()
    const priced = (await modelsOf(member.browser)).filter(
      ({ isEnabled, isDemo }) => isEnabled && !isDemo,
    )
    expect(priced.length).toBeGreaterThan(2)
    const shown = await modelsOf(browser)
    for (const { id } of priced) {
      expect(shown.find((model) => model.id === id)).toMatchObject({
        isEnabled: false,
        unavailableReason: 'Sign in to use it: it costs money.',
      })
      for (const [handle, path] of [
        [generate, '/api/generate/video'],
        [generateImage, '/api/generate/image'],
        [estimate, '/api/estimate'],
      ] as const)
        for (const more of [
          {},
          { variations: 4 },
          { maxUsd: 0 },
          { useCache: true },
          { duration: 1e9 },
        ]) {
          const answer = await browser.send(
            handle,
            path,
            post({ prompt: 'a fox', model: id, ...more }),
          )
          expect(answer.status).toBe(401)
          expect(await codeOf(answer)).toBe('sign_in_required')
        }
    }
    expect(await paid()).toEqual([])
  })

  test('is refused in both languages, with a sentence that says what to do', async () => {
    const { browser } = await aVisitor()
    const ask = async (language: string) => {
      const init = post({ prompt: 'a fox', model: 'veo-3.1-fast' }, { 'accept-language': language })
      return (
        (await (await browser.send(generate, '/api/generate/video', init)).json()) as {
          detail: string
        }
      ).detail
    }
    expect(await ask('en')).toMatch(/Sign in/)
    expect(await ask('ru')).toMatch(/Войдите/)
  })

  test('without a session neither, and nothing is made for it', async () => {
    const init = post({ prompt: 'a fox', model: 'veo-3.1-fast' })
    expect(await codeOf(await new TestBrowser().send(generate, '/api/generate/video', init))).toBe(
      'sign_in_required',
    )
    const models = await modelsOf(new TestBrowser())
    expect(models.filter(({ isEnabled }) => isEnabled).map(({ isDemo }) => isDemo)).not.toContain(
      false,
    )
  })

  test('makes what is free where it names no model', async () => {
    const { browser } = await aVisitor()
    const answer = await browser.send(generate, '/api/generate/video', post({ prompt: 'a fox' }))
    expect(answer.status).toBe(202)
    expect((await answer.json()).files[0]).toMatchObject({ isDemo: true, cost: { upToUsd: 0 } })
  })

  test('talks with the director, who starts nothing that costs', async () => {
    const { browser, ownerId } = await aVisitor()
    const message = (text: string) => ({
      chatId: aChatId(),
      message: { id: crypto.randomUUID(), role: 'user', parts: [{ type: 'text', text }] },
    })
    const answerTo = async (text: string) => {
      const answer = await browser.send(sendMessage, '/api/chat', post(message(text)))
      expect(answer.status).toBe(200)
      return answer.text()
    }
    expect(await answerTo('a fox in the snow with Veo 3.1 Fast')).toContain('sign_in_required')
    expect(await answerTo('a fox in the snow')).toContain('Local preview')
    const answers = await database()
      .select()
      .from(chatMessage)
      .where(eq(chatMessage.role, 'assistant'))
    expect(answers).toHaveLength(2)
    for (const { metadata } of answers) expect(metadata.model).not.toBe('gpt')
    expect(await paid()).toEqual([])
    expect(await database().$count(generation, eq(generation.ownerId, ownerId))).toBe(2)
  })

  test('makes no new version of a paid video from before, and none is submitted again', async () => {
    const { browser, ownerId } = await aVisitor()
    const [made, unknown] = [await ofBefore(ownerId), await ofBefore(ownerId)]
    await setFinished(made)
    await setRow(unknown, { state: 'submit_unknown' })
    const chatId = await aChat(ownerId)
    const version = await browser.send(
      (request) => newVersion(request, of({ chatId })),
      `/api/chat/${chatId}/videos`,
      post({ fromFileId: made }),
    )
    expect(await codeOf(version)).toBe('sign_in_required')
    const again = await browser.send(
      (request) => resubmit(request, of({ fileId: unknown })),
      `/api/file/${unknown}/resubmit`,
      post({}),
    )
    expect(await codeOf(again)).toBe('sign_in_required')
    expect((await paid()).map(({ id }) => id).toSorted()).toEqual([made, unknown].toSorted())
    const [row] = await database().select().from(generation).where(eq(generation.id, unknown))
    expect(row!.state).toBe('submit_unknown')
  })

  test('may cancel a paid video from before', async () => {
    const { browser, ownerId } = await aVisitor()
    const id = await ofBefore(ownerId)
    const answer = await browser.send(
      (request) => cancel(request, of({ fileId: id })),
      `/api/file/${id}/cancel`,
      post({}),
    )
    expect(answer.status).toBe(200)
    expect((await answer.json()).status).toBe('canceled')
  })
})

test('a member starts what costs money, and the same key is the same video', async () => {
  const { browser, ownerId } = await aMemberHere()
  const init = post({ prompt: 'a fox', model: 'veo-3.1-fast' }, { 'idempotency-key': 'click' })
  const answers = [
    await browser.send(generate, '/api/generate/video', init),
    await browser.send(generate, '/api/generate/video', init),
  ]
  for (const { status } of answers) expect(status).toBe(202)
  const rows = await paid()
  expect(rows).toMatchObject([{ ownerId, model: 'veo-3.1-fast' }])
})
