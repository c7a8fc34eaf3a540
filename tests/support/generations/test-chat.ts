import { readUIMessageStream } from 'ai'
import { eq, sql } from 'drizzle-orm'
import { setTimeout as sleep } from 'node:timers/promises'
import { liveAnswers } from '#lib/chat/answer/live-answer'
import { readChat } from '#lib/chat/chats'
import { sendMessage } from '#lib/chat/conversation'
import { productionCore } from '#lib/chat/core'
import type { ChatDeps } from '#lib/chat/deps'
import { createDirector } from '#lib/chat/director/director'
import type { ChatChunk, ChatImagePart, ChatMessage } from '#lib/contract/chat'
import { noInputs } from '#lib/contract/generation-inputs'
import { usdOf } from '#lib/contract/money'
import { chat } from '#lib/db/chat-schema'
import { database } from '#lib/db/client'
import { generation } from '#lib/db/generation-schema'
import { insertUpload } from '#lib/assets/assets'
import { newId } from '#lib/ids'
import { callerNamed } from '../people/caller-named.ts'

/** Deps for tests: the real core and database, the director without pauses, and limits out of reach. */
export function testChatDeps(differences: Partial<ChatDeps> = {}): ChatDeps {
  return {
    ...productionCore,
    model: { model: createDirector({ wordDelayMs: 0 }), label: 'Director' },
    confirmAboveUsd: 1,
    messagesAMinute: 1000,
    toolCallsAtMost: 12,
    stepsAtMost: 8,
    saveEveryMs: 5,
    now: () => new Date(),
    signal: new AbortController().signal,
    ...differences,
  }
}

export function newChatId() {
  return newId('chat')
}

export function aMessage(text: string, id: string = newId('token')): ChatMessage {
  return { id, role: 'user', parts: [{ type: 'text', text }] }
}

/** An image this user has uploaded, as the part of a message that shows it; it has no bytes. */
export async function anImage(ownerId: string, size = { width: 720, height: 1280 }) {
  const id = newId('image')
  const now = new Date()
  const facts = { contentType: 'image/png', sizeBytes: 1, sha256: id, createdAt: now, usedAt: now }
  const keys = { id, ownerId: ownerId, storageKey: `${id}/source.png`, kind: 'image' } as const
  await insertUpload({ ...keys, ...size, ...facts })
  const part: ChatImagePart = {
    type: 'file',
    mediaType: 'image/png',
    url: `/api/media/${id}/source.png`,
  }
  return part
}

/** One user in one chat, talking as the browser does. */
export function aConversation({
  ownerId = newId('token'),
  chatId = newChatId(),
  deps = testChatDeps(),
  caller = callerNamed(ownerId),
} = {}) {
  const post = (message: ChatMessage, as = deps) =>
    sendMessage(caller, { chatId, message, trigger: 'submit-message' }, as)
  return {
    ownerId,
    chatId,
    deps,
    post,
    /** Sends a message and reads its answer to the end, as a browser would show it. */
    async say(text: string, id?: string, as = deps) {
      return (await readAnswer(await post(aMessage(text, id), as))).message
    },
    read: (as = deps) => readChat(ownerId, chatId, as),
    /** Has a video begin with an image, as if its model had taken one. */
    beginWith: (fileId: string, firstFrame: string) =>
      database()
        .update(generation)
        .set({ settings: sql`${generation.settings} || ${inputsOf(firstFrame)}::jsonb` })
        .where(eq(generation.id, fileId)),
    files: () => videosOf(ownerId),
  }
}

function inputsOf(firstFrame: string) {
  return JSON.stringify({ inputs: { ...noInputs, firstFrame } })
}

/** The videos of a user as they were asked for, money in dollars. */
async function videosOf(ownerId: string) {
  const isOwn = eq(generation.ownerId, ownerId)
  const rows = await database().select().from(generation).where(isOwn)
  return rows.map((row) => ({
    ...row.settings,
    ...row,
    maxUsd: row.limitMicros === null ? null : usdOf(row.limitMicros),
    estimatedUsd: usdOf(row.quotedMicros),
    upToUsd: usdOf(row.ceilingMicros),
  }))
}

/** The id that a chat has within the server; every test has chats of its own. */
export async function idWithin(publicId: string) {
  const [row] = await database().select().from(chat).where(eq(chat.publicId, publicId))
  return row!.id
}

/** What kill -9 of the process that writes an answer leaves: it writes no more of it, and its lease runs out. */
export async function afterDeathOf(publicId: string, more: Partial<typeof chat.$inferInsert> = {}) {
  const id = await idWithin(publicId)
  liveAnswers().delete(id)
  // It lives on in this process: with the lease of another, what it still saves is refused.
  const dead = { leaseId: newId('lease'), leaseUntil: new Date(Date.now() - 1), ...more }
  await database().update(chat).set(dead).where(eq(chat.id, id))
}

/** Reads a stream to its end: its chunks, and the message a browser builds of them. */
export async function readAnswer(stream: ReadableStream<ChatChunk>, message?: ChatMessage) {
  const chunks: ChatChunk[] = []
  const heard = stream.pipeThrough(
    new TransformStream<ChatChunk, ChatChunk>({
      transform(chunk, controller) {
        chunks.push(chunk)
        controller.enqueue(chunk)
      },
    }),
  )
  let latest: ChatMessage | undefined
  const copy = message && structuredClone(message)
  for await (const one of readUIMessageStream<ChatMessage>({
    stream: heard,
    ...(copy && { message: copy }),
  }))
    latest = one
  return { chunks, message: latest! }
}

export function textOf(message: ChatMessage | undefined) {
  return (message?.parts ?? []).map((part) => (part.type === 'text' ? part.text : '')).join(' ')
}

/** The parts of a tool in a message. */
export function callsOf<Name extends 'generateVideo' | 'listVideos' | 'showVideo' | 'cancelVideo'>(
  message: ChatMessage | undefined,
  name: Name,
) {
  const type = `tool-${name}` as const
  return (message?.parts ?? []).filter(
    (part): part is Extract<ChatMessage['parts'][number], { type: `tool-${Name}` }> =>
      part.type === type,
  )
}

/** Waits for something to come true. */
export async function until(isTrue: () => Promise<boolean> | boolean, forMs = 10_000) {
  const end = Date.now() + forMs
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error('it did not come true in time')
    await sleep(10)
  }
}
