import { callerNamed } from '../support/people/caller-named.ts'
import { createHash } from 'node:crypto'
import { expect, inject, test } from 'vitest'
import { findInputs } from '#lib/assets/assets'
import { readChat } from '#lib/chat/chats'
import { type FileView, isFinal } from '#lib/contract/file-view'
import { database } from '#lib/db/client'
import { providerDay } from '#lib/db/provider-schema'
import { cooldownsAt } from '#lib/generations/cooldowns'
import { findGeneration, findOwned, listGenerations, timelineOf } from '#lib/generations/queries'
import { startVariations } from '#lib/generations/start/start'
import { receiveWebhook } from '#lib/generations/webhooks/webhooks'
import { testChatDeps } from '../support/generations/test-chat.ts'
import type { OldInstallation } from './old-installation.ts'
import { isDeleted, withUpgraded } from './upgraded.ts'

// An installation of commit 5c66fb3 is brought up to date, and nothing of it is lost.
//
// `fixtures` was made by that very version: its start, its steps and its adapters against its emulators, on a real
// database, played until a file stood in each situation there is (`names` says which). `#kie:...` in a prompt orders
// the emulator's part in it. Unanswered submits were left hanging, a full disk and a provider out of reach handed in.
// Each table was written down as it was then, next to what the version's own `fileViewOf`, `listFiles`, `readChat` and
// `attemptTotals` made of it; addresses of emulators and the data folder were replaced by names.

const up = withUpgraded(inject('databaseServer'))

/** As the fixture keeps it: a null is left away, and sentences as data (`messageRef`), which are new. */
const withoutNulls = <View>(view: View) =>
  JSON.parse(
    JSON.stringify(view, (name, value: unknown) =>
      name.endsWith('Ref') ? undefined : (value ?? undefined),
    ),
  ) as View

/** What is told otherwise on purpose. Everything else of a view is as it was. */
function deliberately(view: FileView, name: string): FileView {
  const { wait: _, queuePlace: __, kind: ___, ...same } = withoutNulls(view)
  const cost = { ...same.cost }
  // The first of its attempts may have been charged: what it cost as a whole is not known.
  if (withUnknownCost.has(name)) delete (cost as Partial<FileView['cost']>).actualUsd
  // While it waits, its message is made from `wait`, in the words of now.
  if (!isFinal(same)) delete (same as Partial<FileView>).message
  // `wait` and `kind` are new: the reason behind the message, and how it is made. `queuePlace` is computed: owners take turns, and a deleted file has none.
  return { ...same, cost } as FileView
}
const withUnknownCost = new Set(['finished at the second try', 'failed, an attempt open'])

test('every view is the view of the old version', async () => {
  for (const file of up.old.data.file) {
    const name = up.nameOf(file)
    const before = deliberately(up.old.views[file.id]!, name)
    const now = deliberately(await up.viewOf(file.id), '')
    expect({ name, ...now }).toEqual({ name, ...before })
  }
})

test('messages have become reasons to wait', async () => {
  const waits = await Promise.all(
    up.old.data.file.map(
      async (file) => [up.nameOf(file), (await up.viewOf(file.id)).wait] as const,
    ),
  )
  const kie = 'Kie.ai is taking no more requests right now.'
  const inLine = { code: 'provider_says', says: 'Waiting in line at Kie.ai' }
  const noLink = { code: 'link_not_ready', providerLabel: 'Kie.ai' }
  const limit = { code: 'provider_cooldown', errorCode: 'rate_limited', says: kie }
  const busy = 'Kie.ai is not available at the moment.'
  expect(Object.fromEntries(waits.filter(([, wait]) => wait !== null))).toEqual({
    'waiting, hd': { code: 'provider_says', says: 'Making the 1080p version' },
    'waiting, jobs': inLine,
    'waiting, delayed': inLine,
    'waiting, not found': { code: 'job_not_found', providerLabel: 'Kie.ai' },
    'waiting, no answer': { code: 'provider_unreachable', providerLabel: 'Kie.ai' },
    'waiting, canceling': { code: 'canceling' },
    'waiting, no link yet': noLink,
    'storing, no link yet': noLink,
    'storing, disk full': { code: 'storage_down' },
    'storing, url': { code: 'saving' },
    'storing, path': { code: 'saving' },
    'storing, handover': { code: 'saving' },
    'queued, refused for now': { code: 'retry', errorCode: 'provider_unavailable', says: busy },
    'queued, provider paused': limit,
    'queued behind a pause': limit,
  })
})

test('owners stand in the queue in turns, each in the old order', async () => {
  const queued = up.old.data.file.filter((file) => file.state === 'queued' && !isDeleted(file))
  const rows = await Promise.all(queued.map(async ({ id }) => (await findGeneration(id))!))
  const atKie = rows.filter(({ provider }) => provider === 'kie')
  const order = atKie.toSorted((a, b) => a.queuePlace! - b.queuePlace!)
  expect(order.map(({ queuePlace }) => queuePlace)).toEqual(order.map((_, index) => index + 1))
  for (const ownerId of Object.values(up.old.owners)) {
    const own = (one: { ownerId: string }) => one.ownerId === ownerId
    expect(order.filter(own)).toEqual(atKie.filter(own))
  }
  expect(new Set(order.slice(0, 3).map(({ ownerId }) => ownerId)).size).toBe(3)
})

test('history has the same pages, and an owner sees no other', async () => {
  for (const [ownerId, pages] of Object.entries(up.old.history)) {
    let cursor: string | undefined
    for (const page of pages) {
      const next = await listGenerations({ ownerId, status: undefined, cursor, limit: 5 })
      expect(next.rows.map(({ id }) => id)).toEqual(page)
      cursor = next.nextCursor ?? undefined
    }
    expect(cursor).toBeUndefined()
  }
  const { ann, bob } = up.old.owners
  expect(await findOwned(bob, up.old.history[ann]![0]![0]!)).toBeUndefined()
})

test('finished videos play, for the browsers that were there', async () => {
  const { ann, bob } = up.old.owners
  const finished = up.old.data.file.filter((file) => file.sha256 && !isDeleted(file))
  expect(finished.length).toBeGreaterThan(7)
  for (const { id, user_id, sha256 } of finished) {
    const response = await up.ask(user_id, id, 'video.mp4')
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
    for (const picture of ['poster.jpg', 'filmstrip.jpg'])
      expect((await up.ask(user_id, id, picture)).status).toBe(200)
    expect((await up.ask(user_id === ann ? bob : ann, id, 'video.mp4')).status).toBe(404)
  }
})

test('uploads are served, and inputs as before', async () => {
  const { ann, bob } = up.old.owners
  const { used, unused, chat } = up.old.images
  const film = up.named('finished, reported price').id
  expect((await up.ask(ann, used, 'source.png')).status).toBe(200)
  const found = await findInputs(ann, [used, unused, chat, film])
  const kinds = found.map((one) => [one.generationId ?? one.id, one.kind])
  const same = { [used]: 'image', [unused]: 'image', [film]: 'video' }
  expect(Object.fromEntries(kinds)).toEqual(same)
  expect(await findInputs(bob, [chat])).toMatchObject([{ storageKey: `${chat}/source.png` }])
})

test('the chat has its messages, videos and versions', async () => {
  const [[chatId, before]] = Object.entries(up.old.chats) as [
    [string, OldInstallation['chats'][string]],
  ]
  const now = await readChat(up.old.owners.bob, chatId, testChatDeps())
  expect(withoutNulls(now)).toEqual(before)
})

test('timelines are the old changes of state', async () => {
  const events = up.old.data.file_event as { file_id: string; state: string; at: string }[]
  for (const { id, provider } of up.old.data.file) {
    const own = events.filter(({ file_id }) => file_id === id)
    const changes = own.filter(({ state }, index) => state !== own[index - 1]?.state)
    expect(await timelineOf(id)).toEqual(
      changes.map(({ state, at }) => ({ state, provider, at: new Date(at) })),
    )
  }
})

test('figures of providers are what the old counters said', async () => {
  const days = await database().select().from(providerDay)
  const day = up.old.madeAt.slice(0, 10)
  const of = (id: string, outcome: string) =>
    up.old.totals.outcomes.find((one) => one.provider === id && one.outcome === outcome)
      ?.attempts ?? 0
  expect(days.map(({ savedMicros: _, ...one }) => one)).toEqual(
    expect.arrayContaining(
      up.old.totals.providers.map(({ provider, seconds, spentUsd, fellBack }) => ({
        provider,
        day,
        attempts: up.old.totals.outcomes
          .filter((one) => one.provider === provider)
          .reduce((sum, { attempts }) => sum + attempts, 0),
        completed: of(provider, 'completed'),
        failed: of(provider, 'failed'),
        refused: of(provider, 'refused'),
        unknown: of(provider, 'unknown'),
        canceled: of(provider, 'canceled'),
        fellBack,
        tookMs: Math.round(seconds * 1000),
        spentMicros: Math.round(spentUsd * 1e6),
      })),
    ),
  )
  expect(days).toHaveLength(up.old.totals.providers.length)
  const saved = days.reduce((sum, { savedMicros }) => sum + savedMicros, 0)
  expect(saved).toBe(Math.round(up.old.totals.savedUsd * 1e6))
})

test('an idempotency key gives the same file again, and no other request', async () => {
  const now = up.deps.now()
  const caller = callerNamed(up.old.owners.ann)
  const local = { model: 'local-preview', resolution: '480p', duration: 2, aspectRatio: '1:1' }
  const body = {
    ...local,
    generateAudio: false,
    prompt: 'a fox',
    seed: 7,
    negativePrompt: 'rain',
  }
  const replay = (asked: object) =>
    startVariations({ caller, body: asked, idempotencyKey: 'key-local', now })
  expect(await replay(body)).toMatchObject([{ id: up.named('finished, local').id }])
  await expect(replay({ ...body, seed: 8 })).rejects.toMatchObject({
    code: 'idempotency_key_reused',
  })
  const kling = { model: 'kling-3', resolution: '720p', duration: 5, aspectRatio: '16:9' }
  const three = await startVariations({
    caller,
    body: { ...kling, prompt: 'ee', variations: 3, seed: null },
    idempotencyKey: 'key-three',
    now,
  })
  expect(three.map(up.nameOf)).toEqual(['queued', 'queued 2', 'queued 3'])
})

test('a video keeps the door it came through', async () => {
  const originOf = async (name: string) => {
    const { originDoor: door, originPlace: place } = (await findGeneration(up.named(name).id))!
    return { door, place }
  }
  const [chatId] = Object.keys(up.old.chats)
  const { message_id: messageId, call_key: callKey } = up.old.data.chat_video![0]!
  expect(await originOf('chat 1')).toEqual({ door: 'chat', place: { chatId, messageId, callKey } })
  expect(await originOf('chat version')).toEqual({ door: 'chat', place: { chatId } })
  expect(await originOf('queued')).toEqual({ door: 'form', place: null })
})

test('an attempt has the price of its provider, as far as it is known', async () => {
  const pricesOf = async (name: string) =>
    (await findGeneration(up.named(name).id))!.attempts.map(({ priceMicros }) => priceMicros)
  expect(await pricesOf('finished, catalogue price')).toEqual([400_000, 1_200_000])
  expect(await pricesOf('waiting, gemini veo')).toEqual([400_000, 1_200_000, 1_200_000])
  expect(await pricesOf('finished, local')).toEqual([0])
})

test('a provider’s cooldown lasts as long as it was to', async () => {
  const [old] = up.old.data.provider_pause as { until: string; reason: string }[]
  const cooldown = (await cooldownsAt(up.deps.now())).get('kie')
  expect(cooldown).toMatchObject({ until: new Date(old!.until), reason: old!.reason })
})

test('a webhook that came before is known when it comes again', async () => {
  const [came] = up.old.data.webhook_delivery as { delivery_id: string; reference: string }[]
  const { delivery_id: deliveryId, reference: providerJobId } = came!
  up.providers.kie.readWebhook = () => ({ deliveryId, providerJobId })
  const key = up.named('unknown, named by a webhook').token!
  const again = { provider: 'kie', idempotencyKey: key, headers: new Headers() }
  expect(await receiveWebhook({ ...again, body: new Uint8Array() }, up.deps)).toBe('repeated')
})
