import { randomUUID } from 'node:crypto'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { GenerationState } from '#lib/contract/file-view'
import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { setRow } from '../../../tests/support/database/set-row.ts'
import { manyConnections, withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { forgetEverything, queueFile } from '../../../tests/support/generations/test-generation.ts'
import { insertAsset, insertUpload } from '../../assets/assets.ts'
import { asset } from '../../db/asset-schema.ts'
import { session, user } from '../../db/auth-schema.ts'
import { chat, chatTurn } from '../../db/chat-schema.ts'
import { chatIdPattern } from '#lib/contract/chat'
import { database, inTransaction } from '../../db/client.ts'
import { generation, idempotencyKey } from '../../db/generation-schema.ts'
import {
  batch,
  collection,
  collectionItem,
  libraryItem,
  libraryText,
  template,
  templateStar,
} from '../../db/library-schema.ts'
import { hold, ledgerAccount } from '../../db/money-schema.ts'
import { adoption } from '../../db/people-schema.ts'
import { newId } from '../../ids.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'
import { checkLedger, isSound } from '../../money/check.ts'
import { holdFor } from '../../money/holds.ts'
import { claimIdempotencyKey } from '../../generations/start/idempotency.ts'
import { startVariations } from '../../generations/start/start.ts'
import { nextStates } from '../../generations/states.ts'
import { adopt, stepCount } from './adopt.ts'

withTestDatabase(manyConnections)
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))
beforeEach(async () => {
  await forgetEverything()
  for (const table of [chat, chatTurn, idempotencyKey, adoption]) await database().delete(table)
})

const now = new Date()
const states = Object.keys(nextStates) as GenerationState[]
const anId = (prefix: string) => `${prefix}_${randomUUID()}`
const deps = { now: () => now }

async function aUser(isAnonymous: boolean) {
  const id = anId('user')
  await database()
    .insert(user)
    .values({ id, name: '', email: `${id}@x`, isAnonymous })
  const expiresAt = new Date(Date.now() + 1e9)
  await database().insert(session).values({ id, token: id, userId: id, expiresAt })
  return id
}
const aVisitor = () => aUser(true)
const anAccount = () => aUser(false)

function anUpload(ownerId: string, sha256: string, id = newId('image')) {
  return insertUpload({
    id,
    ownerId,
    kind: 'image',
    storageKey: `${id}/source.png`,
    contentType: 'image/png',
    sizeBytes: 1,
    sha256,
    width: 16,
    height: 16,
    createdAt: now,
    usedAt: now,
  })
}

function claim(ownerId: string, key: string, bodyHash: string, generationId: string) {
  return inTransaction((tx) =>
    claimIdempotencyKey(tx, { ownerId, key, bodyHash, generationId, now }),
  )
}

async function aChat(ownerId: string, publicId = newId('chat')) {
  const id = anId('chat')
  const lease = { answerId: 'answer', leaseId: 'lease', leaseUntil: new Date(Date.now() + 1e6) }
  await database()
    .insert(chat)
    .values({
      id,
      ownerId,
      publicId,
      title: '',
      createdAt: now,
      updatedAt: now,
      ...lease,
      answerFor: callerNamed(ownerId),
    })
  await database().insert(chatTurn).values({ ownerId, at: now })
  return id
}

/** Something of everything: one generation in each state, one of them with a hold, a chat that is answered, an upload. */
async function withWork(ownerId: string) {
  const rows = []
  for (const state of states) {
    const row = await queueFile(deps, { ownerId })
    await setRow(row.id, { state })
    rows.push(row)
  }
  const held = rows[0]!
  const holds = [
    { generationId: held.id, amountMicros: 400_000, priceFactor: 1_000_000, model: 'veo' },
  ]
  const payer = { ownerId, userId: ownerId, keyId: null }
  await inTransaction((tx) => holdFor(tx, { payer, holds, now }))
  const upload = await anUpload(ownerId, `of ${ownerId}`)
  await insertAsset({ ...upload, id: anId('asset'), generationId: held.id, sha256: 'made' })
  await claim(ownerId, `click-${ownerId}`, 'body', held.id)
  await fillLibrary(ownerId, [held.id, upload.id])
  return { ids: rows.map(({ id }) => id), upload, chatId: await aChat(ownerId) }
}

/** A collection with these items, the first of them starred and the last in the trash, a template and a batch. */
async function fillLibrary(ownerId: string, ids: string[]) {
  const made = { ownerId, name: 'A', createdAt: now }
  const collectionId = anId('collection')
  const db = database()
  await db.insert(collection).values({ ...made, id: collectionId })
  for (const itemId of ids)
    await db.insert(collectionItem).values({ collectionId, itemId, addedAt: now })
  await db.update(libraryItem).set({ isStarred: true }).where(eq(libraryItem.id, ids[0]!))
  await db
    .update(libraryItem)
    .set({ trashedAt: now })
    .where(eq(libraryItem.id, ids.at(-1)!))
  const ofForm = { kind: 'video', settings: { prompt: 'A {fox}' } } as const
  const templateId = anId('template')
  await db.insert(template).values({ ...made, ...ofForm, id: templateId, madeBy: ownerId })
  const stars = [templateId, 'ours'].map((id) => ({ userId: ownerId, templateId: id }))
  await db.insert(templateStar).values(stars)
  await db.insert(batch).values({ ...made, id: anId('batch'), total: 1 })
}

/** How many rows each owner has, and what money. */
async function thingsOf(ownerId: string) {
  const db = database()
  const money = await db.select().from(ledgerAccount).where(eq(ledgerAccount.ownerId, ownerId))
  return {
    generations: await db.$count(generation, eq(generation.ownerId, ownerId)),
    assets: await db.$count(asset, eq(asset.ownerId, ownerId)),
    keys: await db.$count(idempotencyKey, eq(idempotencyKey.ownerId, ownerId)),
    chats: await db.$count(chat, eq(chat.ownerId, ownerId)),
    turns: await db.$count(chatTurn, eq(chatTurn.ownerId, ownerId)),
    holds: await db.$count(hold, eq(hold.ownerId, ownerId)),
    library: await libraryOf(ownerId),
    money: money
      .filter(({ balance }) => balance !== 0)
      .map(({ id, balance }) => `${id.split(':')[0]} ${balance}`)
      .toSorted((a, b) => a.localeCompare(b)),
  }
}

async function libraryOf(ownerId: string) {
  const db = database()
  const mine = eq(libraryItem.ownerId, ownerId)
  return {
    items: await db.$count(libraryItem, mine),
    texts: await db.$count(libraryText, eq(libraryText.ownerId, ownerId)),
    starred: await db.$count(libraryItem, and(mine, eq(libraryItem.isStarred, true))),
    trashed: await db.$count(libraryItem, and(mine, isNotNull(libraryItem.trashedAt))),
    inCollections: (
      await db
        .select({ id: collectionItem.itemId })
        .from(collectionItem)
        .innerJoin(collection, eq(collection.id, collectionItem.collectionId))
        .where(eq(collection.ownerId, ownerId))
    ).length,
    templates: await db.$count(
      template,
      and(eq(template.ownerId, ownerId), eq(template.madeBy, ownerId)),
    ),
    templateStars: await db.$count(templateStar, eq(templateStar.userId, ownerId)),
    batches: await db.$count(batch, eq(batch.ownerId, ownerId)),
  }
}

const emptyLibrary = {
  items: 0,
  texts: 0,
  starred: 0,
  trashed: 0,
  inCollections: 0,
  templates: 0,
  templateStars: 0,
  batches: 0,
}
const nothing = {
  library: emptyLibrary,
  generations: 0,
  assets: 0,
  keys: 0,
  chats: 0,
  turns: 0,
  holds: 0,
  money: [],
}

describe('an adoption', () => {
  test('moves generations in every state, chats, uploads, keys and money', async () => {
    const [visitor, account] = [await aVisitor(), await anAccount()]
    const { ids, chatId } = await withWork(visitor)
    const before = await thingsOf(visitor)
    expect(before.money).toEqual(['held 400000', 'open -400000'])
    expect(before.library).toEqual({
      items: states.length + 1,
      texts: states.length + 1,
      starred: 1,
      trashed: 1,
      inCollections: 2,
      templates: 1,
      templateStars: 2,
      batches: 1,
    })
    await adopt(visitor, account)
    expect(await thingsOf(account)).toEqual(before)
    expect(await thingsOf(visitor)).toEqual(nothing)
    const rows = await database().select().from(generation).where(eq(generation.ownerId, account))
    expect(rows.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    expect(new Set(rows.map(({ startedBy }) => startedBy))).toEqual(new Set([visitor]))
    const [talk] = await database().select().from(chat).where(eq(chat.id, chatId))
    expect(talk).toMatchObject({ answerId: 'answer', leaseId: 'lease' })
    // Who asked was a visitor, and may no more than one.
    expect(talk!.answerFor).toEqual({ ...callerNamed(account), isVisitor: true })
  })

  test('again does nothing, and of no account, by no visitor and of one that is adopted neither', async () => {
    const [visitor, account, other] = [await aVisitor(), await anAccount(), await anAccount()]
    await withWork(visitor)
    await adopt(visitor, await aVisitor())
    await adopt(visitor, 'unknown')
    await adopt(visitor, visitor)
    expect((await thingsOf(visitor)).generations).toBe(states.length)
    await adopt(visitor, account)
    const after = await thingsOf(account)
    await adopt(visitor, account)
    await adopt(visitor, other)
    await adopt(account, other)
    await adopt('unknown', other)
    expect(await thingsOf(account)).toEqual(after)
    expect(await thingsOf(other)).toEqual(nothing)
  })

  test('is all or nothing wherever it breaks off, and the next one finishes it', async () => {
    const account = await anAccount()
    let expected = 0
    for (let broken = 0; broken < stepCount; broken++) {
      const visitor = await aVisitor()
      await withWork(visitor)
      const before = await thingsOf(visitor)
      const killed = adopt(visitor, account, async (tx, step) => {
        if (step === broken) await tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`)
      })
      await expect(killed).rejects.toThrow()
      expect(await thingsOf(visitor), `broken off after step ${broken}`).toEqual(before)
      await adopt(visitor, account)
      expect(await thingsOf(visitor)).toEqual(nothing)
      expected += before.generations
      expect((await thingsOf(account)).generations).toBe(expected)
    }
    const books = await checkLedger()
    expect(isSound(books), JSON.stringify(books)).toBe(true)
  })

  test('ends the visitor’s sessions within a minute, and no other', async () => {
    const [visitor, account] = [await aVisitor(), await anAccount()]
    await adopt(visitor, account)
    const rows = await database()
      .select({ id: session.id, isNear: sql<boolean>`expires_at <= now() + interval '61 seconds'` })
      .from(session)
    expect(rows.find(({ id }) => id === visitor)!.isNear).toBe(true)
    expect(rows.find(({ id }) => id === account)!.isNear).toBe(false)
  })
})

describe('what both have', () => {
  test('the same upload stays at both addresses', async () => {
    const [visitor, account] = [await aVisitor(), await anAccount()]
    const [theirs, known] = [await anUpload(visitor, 'same'), await anUpload(account, 'same')]
    await adopt(visitor, account)
    const rows = await database().select().from(asset).where(eq(asset.ownerId, account))
    expect(rows.map(({ id }) => id).toSorted()).toEqual([theirs.id, known.id].toSorted())
    expect((await anUpload(account, 'same')).id).toBe(known.id)
  })

  test('the same key finds the video of the same request, and makes none', async () => {
    const [visitor, account] = [await aVisitor(), await anAccount()]
    const [theirs, known] = [newId('file'), newId('file')]
    await claim(visitor, 'click', 'their body', theirs)
    await claim(account, 'click', 'known body', known)
    await adopt(visitor, account)
    expect(await claim(account, 'click', 'their body', newId('file'))).toBe(theirs)
    expect(await claim(account, 'click', 'known body', newId('file'))).toBe(known)
    await expect(claim(account, 'click', 'another', newId('file'))).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    })
  })

  test('also where two visitors had the same key and upload as the account', async () => {
    const account = await anAccount()
    await claim(account, 'click', 'known body', newId('file'))
    await anUpload(account, 'same')
    const visitors = [await aVisitor(), await aVisitor(), await aVisitor()]
    for (const visitor of visitors) {
      await claim(visitor, 'click', 'their body', newId('file'))
      await anUpload(visitor, 'same')
    }
    await Promise.all(visitors.map((visitor) => adopt(visitor, account)))
    expect((await thingsOf(account)).assets).toBe(4)
    expect(await claim(account, 'click', 'their body', newId('file'))).toMatch(/^file_/)
  })
})

test('a chat whose id the account has given to another one moves in under an id of its own', async () => {
  const [first, second, account] = [await aVisitor(), await aVisitor(), await anAccount()]
  const publicId = newId('chat')
  const ids: string[] = []
  for (const ownerId of [account, first, second]) ids.push(await aChat(ownerId, publicId))
  await adopt(first, account)
  await adopt(second, account)
  const rows = await database().select().from(chat).where(eq(chat.ownerId, account))
  expect(rows.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
  expect(rows.find(({ id }) => id === ids[0])).toMatchObject({ publicId })
  for (const row of rows) expect(row.publicId).toMatch(chatIdPattern)
  expect(new Set(rows.map((row) => row.publicId)).size).toBe(3)
})

describe('at the same time', () => {
  const start = (ownerId: string, key: string) =>
    startVariations({
      caller: callerNamed(ownerId),
      body: { prompt: 'a fox', model: 'local-preview', duration: 2, resolution: '480p' },
      idempotencyKey: key,
    }).then(
      () => 'started',
      (error: { code: string }) => error.code,
    )

  test('two accounts: one has everything', async () => {
    const [visitor, a, b] = [await aVisitor(), await anAccount(), await anAccount()]
    await withWork(visitor)
    const before = await thingsOf(visitor)
    await Promise.all([adopt(visitor, a), adopt(visitor, b), adopt(visitor, a)])
    const found = [await thingsOf(a), await thingsOf(b)]
    expect(found).toContainEqual(before)
    expect(found).toContainEqual(nothing)
  })

  test('a start is the account’s or is sent again; none is left behind, none is made twice', async () => {
    for (let round = 0; round < 8; round++) {
      const [visitor, account] = [await aVisitor(), await anAccount()]
      const keys = Array.from({ length: 6 }, (_, index) => `click-${index}`)
      const [outcomes] = await Promise.all([
        Promise.all(keys.map((key) => start(visitor, key))),
        adopt(visitor, account),
      ])
      expect(new Set([...outcomes, 'started', 'session_required']).size).toBe(2)
      expect(await thingsOf(visitor)).toEqual(nothing)
      await Promise.all(keys.map((key) => start(account, key)))
      expect((await thingsOf(account)).generations).toBe(keys.length)
    }
  })

  test('what the engine writes for the owner it had read is the account’s', async () => {
    const [visitor, account] = [await aVisitor(), await anAccount()]
    const { id } = await queueFile(deps, { ownerId: visitor })
    await adopt(visitor, account)
    const upload = await anUpload(visitor, 'in flight')
    await insertAsset({ ...upload, id: anId('asset'), ownerId: visitor, generationId: id })
    expect(await thingsOf(visitor)).toEqual(nothing)
    expect((await thingsOf(account)).assets).toBe(2)
  })

  test('rows that the engine holds are waited for, deadlocks are tried again', async () => {
    const [visitor, account] = [await aVisitor(), await anAccount()]
    const first = await queueFile(deps, { ownerId: visitor })
    const made = await anUpload(visitor, 'made')
    const write = async (id: string) =>
      inTransaction(async (tx) => {
        await tx.execute(sql`select from generation where id = ${id} for update`)
        await tx.execute(sql`select pg_sleep(0.2)`)
        await insertAsset({ ...made, id: anId('asset'), ownerId: visitor, generationId: id }, tx)
      })
    const later = async () => write((await queueFile(deps, { ownerId: visitor })).id)
    const works = [write(first.id), later(), adopt(visitor, account), later(), write(first.id)]
    for (const work of await Promise.allSettled(works))
      if (work.status === 'rejected') expect(String(work.reason.cause)).toMatch(/deadlock/)
    await adopt(visitor, account)
    expect(await thingsOf(visitor)).toEqual(nothing)
  })
})
