import { callerNamed } from '../../tests/support/people/caller-named.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aModelView } from '../../tests/support/generations/model-view.ts'
import {
  aConversation,
  aMessage,
  anImage,
  callsOf,
  readAnswer,
  testChatDeps,
  textOf,
} from '../../tests/support/generations/test-chat.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { type ChatImagePart, chatImageId } from '#lib/contract/chat'
import { noInputs } from '#lib/contract/generation-inputs'
import { AppError } from '../errors.ts'
import { startQueue, stopQueue } from '../jobs/queue.ts'
import { startNewVersion } from './start-new-version.ts'
import type { ChatDeps } from './deps.ts'

withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

const still = aModelView({ id: 'still', label: 'Still', supports: { firstFrame: true } })
const words = aModelView({ id: 'words', label: 'Words' })

/** A studio whose start is only written down, so that no provider is asked for. */
function aStudio({ models = [still] } = {}) {
  const bodies: unknown[] = []
  const keys: (string | null)[] = []
  const startTogether: ChatDeps['startTogether'] = (requests) => {
    bodies.push(...requests.map(({ body }) => body))
    keys.push(...requests.map(({ idempotencyKey }) => idempotencyKey))
    return Promise.reject(new AppError('not_possible_now', { userMessage: 'Written down.' }))
  }
  const priceOf = async () => ({ usd: 0, upToUsd: 0 })
  const deps = testChatDeps({ startTogether, models: async () => models, priceOf })
  const talk = aConversation({ deps })
  return { talk, bodies, keys }
}

async function say(talk: ReturnType<typeof aConversation>, text: string, ...images: unknown[]) {
  const message = aMessage(text)
  message.parts = [...(images as ChatImagePart[]), ...message.parts]
  const answer = await readAnswer(await talk.post(message))
  return { sent: message, answer: answer.message }
}

const idOf = ({ url }: ChatImagePart) => chatImageId(url)!

const partsOf = async (talk: ReturnType<typeof aConversation>) =>
  (await talk.read()).messages[0]?.parts

describe('an image of a message', () => {
  test('is kept where it is the user’s own, each once and three at most', async () => {
    const { talk } = aStudio()
    const images = await Promise.all([1, 2, 3, 4].map(() => anImage(talk.ownerId)))
    await say(talk, 'hello', images[0], images[0], ...images.slice(1))
    expect(await partsOf(talk)).toEqual([...images.slice(0, 3), { type: 'text', text: 'hello' }])
  })

  test('is dropped where it is a stranger’s, or no address of ours', async () => {
    const { talk, bodies } = aStudio()
    const [own, theirs] = [await anImage(talk.ownerId), await anImage('a stranger')]
    await say(
      talk,
      'animate this',
      theirs,
      { ...own, url: `${own.url}?x` },
      { ...own, url: `https://example.com${own.url}` },
      { ...own, url: own.url.replace('.png', '.jpg') },
      { ...own, url: 'data:image/png;base64,AAAA' },
      { ...own, url: 7 },
    )
    expect(await partsOf(talk)).toEqual([{ type: 'text', text: 'animate this' }])
    expect(bodies).toEqual([])
  })

  test('has the type of its bytes, whatever the browser says', async () => {
    const { talk } = aStudio()
    const own = await anImage(talk.ownerId)
    await say(talk, 'hello', { ...own, mediaType: 'text/html', filename: 'x', more: 1 })
    expect((await partsOf(talk))?.[0]).toEqual(own)
  })

  test('is enough of a message; a stranger’s is not', async () => {
    const { talk } = aStudio()
    const { answer } = await say(talk, '', await anImage(talk.ownerId))
    expect(textOf(answer)).toContain('What should happen in the image?')
    expect(await talk.read()).toMatchObject({ title: '' })
    const refused = say(aStudio().talk, '', await anImage('a stranger'))
    await expect(refused).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('a video of an image', () => {
  test('begins with it, in its format', async () => {
    const { talk, bodies } = aStudio()
    const image = await anImage(talk.ownerId, { width: 1600, height: 900 })
    await say(talk, 'animate this with a slow zoom', image)
    expect(bodies).toMatchObject([
      {
        prompt: 'slow zoom',
        model: 'still',
        aspectRatio: '16:9',
        inputs: { ...noInputs, firstFrame: idOf(image) },
      },
    ])
  })

  test('is another request with another image, and the same with the same', async () => {
    const { talk, keys } = aStudio()
    const [one, other] = [await anImage(talk.ownerId), await anImage(talk.ownerId)]
    const { sent } = await say(talk, 'animate this', one)
    await readAnswer(await talk.post(sent))
    const [, text] = sent.parts
    await readAnswer(await talk.post({ ...sent, parts: [other, text!] }))
    expect(keys[1]).toBe(keys[0])
    expect(keys[2]).not.toBe(keys[0])
  })

  test('may be one of an earlier message, of this chat alone', async () => {
    const { talk, bodies } = aStudio()
    const image = await anImage(talk.ownerId)
    await say(talk, 'hello', image)
    await say(talk, 'use the picture from before, slow zoom')
    expect(bodies).toMatchObject([{ inputs: { firstFrame: idOf(image) } }])

    const elsewhere = aConversation({ ownerId: talk.ownerId, deps: talk.deps })
    const { answer } = await say(elsewhere, `animate this [image 1: ${idOf(image)}]`)
    expect(callsOf(answer, 'generateVideo')[0]?.errorText).toBe(
      'This image isn’t in this chat. Attach it to a message, then ask again.',
    )
    expect(bodies).toHaveLength(1)
  })

  test('is made by the cheapest model that takes one, where the usual does not', async () => {
    const { talk, bodies } = aStudio({ models: [words, still] })
    await say(talk, 'animate this', await anImage(talk.ownerId))
    expect(bodies).toMatchObject([{ model: 'still' }])
  })

  test('is not made where no model takes one, and the answer names those that would', async () => {
    const { talk, bodies } = aStudio({ models: [words, { ...still, isEnabled: false }] })
    const { answer } = await say(talk, 'animate this', await anImage(talk.ownerId))
    expect(textOf(answer)).toContain('No available model can start from an image.')
    expect(textOf(answer)).toContain('Switched-off models that could: Still.')
    expect(bodies).toEqual([])
  })
})

test('a new version keeps what its video begins with', async () => {
  const talk = aConversation()
  await talk.say('make a video of a fox in the snow')
  const [file] = await talk.files()
  const image = await anImage(talk.ownerId)
  await talk.beginWith(file!.id, idOf(image))
  const { ownerId, chatId } = talk
  const bodies: unknown[] = []
  const start: ChatDeps['start'] = ({ body }) => {
    bodies.push(body)
    return Promise.reject(new AppError('not_possible_now', { userMessage: 'Written down.' }))
  }
  const models = async () => [{ ...still, id: file!.model }]
  const startTogether: ChatDeps['startTogether'] = ([request]) => start(request!) as Promise<never>
  const priceOf = async () => ({ usd: 0, upToUsd: 0 })
  const deps = testChatDeps({ start, startTogether, models, priceOf })
  const version = {
    caller: callerNamed(ownerId),
    chatId,
    body: { fromFileId: file!.id },
    idempotencyKey: null,
  }
  await expect(startNewVersion(version, deps)).rejects.toThrow('Written down.')
  await readAnswer(await talk.post(aMessage('now at night'), deps))
  expect(bodies).toMatchObject([
    { inputs: { firstFrame: idOf(image) } },
    { inputs: { firstFrame: idOf(image) }, prompt: 'fox in the snow, at night' },
  ])
})
