import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { setFinished } from '../../../tests/support/database/set-row.ts'
import { withChatServer } from '../../../tests/support/database/with-chatserver.ts'
import { aConversation, testChatDeps } from '../../../tests/support/generations/test-chat.ts'
import { queueFile } from '../../../tests/support/generations/test-generation.ts'
import { productionStorage } from '../../assets/storage/production-storage.ts'
import { useDataFolder } from '../../http/test-visitor.ts'
import { posterLimits } from './posters.ts'
import { aCanvas } from './test-canvas.ts'

useDataFolder()
const server = await withChatServer()

beforeEach(() => {
  server.script = () => ({ text: 'Seen.' })
  server.requests.length = 0
})

function aModel(seesImages: boolean) {
  const endpoint = createOpenAICompatible({ name: 'chat', baseURL: server.baseUrl, apiKey: 'k' })
  return testChatDeps({ model: { model: endpoint('test-model'), label: 'm', seesImages } })
}

const posterSize = 100

/** A finished video of this owner with a stored poster, whose bytes begin with `words`. */
async function aFilm(ownerId: string, words: string, sizeBytes = posterSize) {
  const { id } = await queueFile({ now: () => new Date() }, { ownerId, prompt: words })
  await setFinished(id, { hasPoster: true })
  const folder = await mkdtemp(join(tmpdir(), 'photofinish-poster-'))
  await writeFile(join(folder, 'p'), words.padEnd(sizeBytes))
  await productionStorage().put(`${id}/poster.jpg`, join(folder, 'p'))
  await rm(folder, { recursive: true })
  return id
}

/** The pictures the model was shown: what each is called, and what its bytes begin with. */
function shown() {
  const asked = server.requests.at(-1)!.messages.findLast(({ role }) => role === 'user')!
  const { content } = asked as { content: string | { type: string; text?: string }[] }
  if (typeof content === 'string') return []
  return content.flatMap((part, index) => {
    if (part.type !== 'image_url') return []
    const { url } = (part as unknown as { image_url: { url: string } }).image_url
    const bytes = Buffer.from(url.replace('data:image/jpeg;base64,', ''), 'base64')
    return [{ of: content[index - 1]!.text, words: bytes.toString().trim() }]
  })
}

test('a model that sees is shown the posters of finished nodes below what the user said', async () => {
  const { talk, connect } = await aCanvas([], [], aModel(true))
  const fox = await aFilm(talk.ownerId, 'a red fox')
  const { id: unfinished } = await queueFile(
    { now: () => new Date() },
    { ownerId: talk.ownerId, prompt: 'a slow tide' },
  )
  await connect(fox, 0)
  await connect(unfinished, 1)
  await talk.say('what do you see?')
  expect(shown()).toEqual([{ of: `${fox}:`, words: 'a red fox' }])
  expect(JSON.stringify(server.requests[0]!.messages.at(-1))).toContain('what do you see?')
  // It is shown with the next question too, and is in no message that is kept.
  await talk.say('and now?')
  expect(shown()).toHaveLength(1)
  expect(JSON.stringify(await talk.read())).not.toContain('base64')
})

test('one that takes no images is shown none', async () => {
  const { talk, connect } = await aCanvas([], [], aModel(false))
  await connect(await aFilm(talk.ownerId, 'a red fox'), 0)
  await talk.say('what do you see?')
  expect(shown()).toEqual([])
  expect(JSON.stringify(server.requests)).toContain('a red fox')
})

test('attack: the poster of another owner is not shown, whatever node names it', async () => {
  const { talk, connect } = await aCanvas([], [], aModel(true))
  await connect(await aFilm(aConversation().ownerId, 'a secret film'), 0)
  await talk.say('what do you see?')
  expect(shown()).toEqual([])
  expect(JSON.stringify(server.requests)).not.toContain('a secret film')
})

test('no more and no larger posters are sent than the limits say', async () => {
  const { talk, connect } = await aCanvas([], [], aModel(true))
  await connect(await aFilm(talk.ownerId, 'a wall too large', posterLimits.bytes + 1), 0)
  const films: string[] = []
  for (let order = 1; order <= posterLimits.posters + 1; order++) {
    films.push(await aFilm(talk.ownerId, `a fox number ${order} in the snow`))
    await connect(films.at(-1)!, order)
  }
  await talk.say('what do you see?')
  expect(shown().map(({ of }) => of)).toEqual(films.slice(0, -1).map((id) => `${id}:`))
})

test('a poster that is gone keeps no answer back', async () => {
  const { talk, connect } = await aCanvas([], [], aModel(true))
  const id = await aFilm(talk.ownerId, 'a red fox')
  await productionStorage().removeAll(id)
  await connect(id, 0)
  expect(JSON.stringify(await talk.say('what do you see?'))).toContain('Seen.')
  expect(shown()).toEqual([])
})
