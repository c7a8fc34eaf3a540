import { Canvas } from '@napi-rs/canvas'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { scriptedProvider } from '../../tests/support/generations/scripted-provider.ts'
import { duringBackup } from '../../tests/support/database/during-backup.ts'
import { newChatId } from '../../tests/support/generations/test-chat.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import {
  type TestGeneration,
  forgetEverything,
  queueFile,
  testGeneration,
} from '../../tests/support/generations/test-generation.ts'
import { tinyMp4 } from '../../tests/support/films/tiny-mp4.ts'
import type { ChatMessage } from '../contract/chat.ts'
import { noInputs } from '../contract/generation-inputs.ts'
import { chat, chatMessage } from '../db/chat-schema.ts'
import { database } from '../db/client.ts'
import { asset } from '../db/asset-schema.ts'
import { generation } from '../db/generation-schema.ts'
import { template } from '../db/library-schema.ts'
import { assertInputs } from '../generations/start/request.ts'
import { storeImage } from './upload.ts'
import { removeUnusedUploads } from './unused-uploads.ts'

withTestDatabase()

const ownerId = 'somebody'
const weekMs = 7 * 24 * 60 * 60 * 1000
let deps: TestGeneration
let side = 16

beforeEach(async () => {
  await forgetEverything()
  await database().delete(chat)
  deps = testGeneration(scriptedProvider({ videoPath: await tinyMp4() }))
})
afterEach(() => deps.dispose())

const draw = (width: number) => new Canvas(width, 16).encodeSync('png')
const picture = (width = ++side) => storeImage(ownerId, draw(width), deps)
const left = async () => (await database().select().from(asset)).map(({ id }) => id).toSorted()
const startFrom = (inputs: Partial<typeof noInputs>) =>
  queueFile(deps, { settings: { inputs: { ...noInputs, ...inputs } } })

async function write(...parts: ChatMessage['parts']) {
  const chatId = newChatId()
  const at = { createdAt: deps.now(), updatedAt: deps.now() }
  await database()
    .insert(chat)
    .values({ id: chatId, ownerId, publicId: chatId, title: 'A chat', ...at })
  const metadata = { createdAt: deps.now().toISOString() }
  const rest = { position: 0, role: 'user', searchText: '', parts, metadata } as const
  await database()
    .insert(chatMessage)
    .values({ chatId, id: 'message_1', ...rest })
}

test('what was not used for a week goes, row and bytes', async () => {
  const { id } = await picture()
  const key = `${id}/source.png`
  deps.pass(weekMs)
  expect(await removeUnusedUploads(deps)).toBe(0)
  expect(await deps.storage.get(key)).toBeDefined()
  deps.pass(1)
  expect(await removeUnusedUploads(deps)).toBe(1)
  expect(await left()).toEqual([])
  expect(await deps.storage.get(key)).toBeUndefined()
})

test('what a video was started from stays, and goes some time after the video', async () => {
  const [first, last, reference] = [await picture(), await picture(), await picture()]
  const frames = await startFrom({ firstFrame: first.id, lastFrame: last.id })
  await startFrom({ references: [reference.id] })
  deps.pass(weekMs + 1)
  expect(await removeUnusedUploads(deps)).toBe(0)
  await database().delete(generation).where(eq(generation.id, frames.id))
  expect(await removeUnusedUploads(deps)).toBe(2)
  expect(await left()).toEqual([reference.id])
})

test('what a message shows, or an answer has begun a video with, stays', async () => {
  const [shown, used] = [await picture(), await picture()]
  await write({ type: 'file', mediaType: 'image/png', url: shown.url })
  const input = { prompt: 'a fox', image: used.id }
  await write({ type: 'tool-generateVideo', toolCallId: 'a', state: 'input-available', input })
  deps.pass(weekMs + 1)
  expect(await removeUnusedUploads(deps)).toBe(0)
  await database().delete(chat)
  expect(await removeUnusedUploads(deps)).toBe(2)
})

test('what was uploaded again, or is just being used, counts as new', async () => {
  const [again, taken] = [await picture(5000), await picture()]
  deps.pass(weekMs + 1)
  expect((await picture(5000)).id).toBe(again.id)
  await assertInputs(ownerId, { ...noInputs, firstFrame: taken.id }, deps.now())
  expect(await removeUnusedUploads(deps)).toBe(0)
  expect(await left()).toEqual([again.id, taken.id].toSorted())
})

test('bytes that cannot be removed keep nothing else from going', async () => {
  await picture()
  await picture()
  deps.pass(weekMs + 1)
  const storage = { ...deps.storage, removeAll: () => Promise.reject(new Error('disk full')) }
  expect(await removeUnusedUploads({ ...deps, storage })).toBe(2)
})

test('P9: while a backup is made they stay, with their rows', async () => {
  const { id } = await picture()
  deps.pass(weekMs + 1)
  expect(await duringBackup(() => removeUnusedUploads(deps))).toBe(0)
  expect(await left()).toContain(id)
  expect(await removeUnusedUploads(deps)).toBeGreaterThan(0)
  expect(await left()).not.toContain(id)
})

test('what a template names stays for as long as there is the template', async () => {
  const { id } = await picture()
  const inputs = { firstFrame: id }
  const settings = { prompt: 'A {fox}', inputs }
  const made = {
    ownerId,
    madeBy: ownerId,
    name: 'A',
    kind: 'video',
    createdAt: deps.now(),
  } as const
  await database()
    .insert(template)
    .values({ ...made, id: 'template_1', settings })
  deps.pass(2 * weekMs)
  expect(await removeUnusedUploads(deps)).toBe(0)
  await database().delete(template)
  expect(await removeUnusedUploads(deps)).toBe(1)
  expect(await left()).toEqual([])
})
