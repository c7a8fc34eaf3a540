import { callFor, modelTest as test } from '../../helpers/chat-test.ts'
import { listClips } from '../../helpers/clips.ts'
import { expectToPlay } from '../../helpers/pages/playing.ts'
import { expect } from '../../helpers/test.ts'

const brokeOff = 'The answer was cut off. Nothing is lost. Try again in a moment.'

test.beforeEach(({ model }) => {
  model.requests.length = 0
})

test(
  'dies while it speaks: what it said stays, the error is told, and again works',
  { tag: '@long' },
  async ({ chat, page, model }) => {
    model.script = [{ text: 'Once upon a time there was', dieAfterPieces: 4 }]
    await chat.open()
    await chat.say('tell me')
    await expect(chat.answers).toContainText('Once upon')
    await expect(page.getByText(brokeOff)).toBeVisible()
    await page.reload()
    await expect(page.getByText(brokeOff)).toBeVisible()

    model.script = [{ text: 'A whole answer.' }]
    await page.getByRole('button', { name: 'Answer again' }).click()
    await expect(chat.answers).toHaveText(/A whole answer\./)
    await expect(page.getByText(brokeOff)).toHaveCount(0)
    expect(await listClips(page.request)).toEqual([])
  },
)

test('dies in the middle of a call: nothing is started, and again starts it once', async ({
  chat,
  page,
  model,
}) => {
  model.script = [{ text: 'On it.', calls: [callFor('A hare')], dieAfterPieces: 6 }]
  await chat.open()
  await chat.say('a hare')
  await expect(page.getByText(brokeOff)).toBeVisible()
  expect(await listClips(page.request)).toEqual([])

  model.script = [{ calls: [callFor('A hare')] }, { text: 'Now.' }]
  await page.getByRole('button', { name: 'Answer again' }).click()
  await expectToPlay(chat.video(1))
  expect(await listClips(page.request)).toHaveLength(1)
})

test('dies after a call was carried out: the video is there, and again pays for nothing twice', async ({
  chat,
  page,
  model,
}) => {
  model.script = [{ calls: [callFor('A hare at rest')] }, { text: 'It is', dieAfterPieces: 2 }]
  await chat.open()
  await chat.say('a hare at rest')
  await expect(page.getByText(brokeOff)).toBeVisible()
  await expectToPlay(chat.video(1))
  const { id } = (await chat.files())[0]!

  model.script = [{ calls: [callFor('A hare at rest')] }, { text: 'It is there.' }]
  await page.getByRole('button', { name: 'Answer again' }).click()
  await expect(chat.answers).toContainText('It is there.')
  await expectToPlay(chat.video(1))
  expect((await listClips(page.request)).map((clip) => clip.id)).toEqual([id])
})

test.describe('refuses: said in plain words, never in its own', () => {
  const refusals = {
    401: 'The chat model rejected this server’s key.',
    429: 'The chat model gets too many requests right now.',
    500: brokeOff,
  }
  for (const [status, words] of Object.entries(refusals))
    test(status, { tag: '@long' }, async ({ chat, page, model }) => {
      model.script = () => ({ status: Number(status) })
      await chat.open()
      await chat.say('a hare')
      await expect(page.getByText(words)).toBeVisible()
      await expect(page.getByText('upstream secret')).toHaveCount(0)
      expect(JSON.stringify(await chat.read())).not.toContain('upstream secret')
      model.script = [{ text: 'Here again.' }]
      await page.getByRole('button', { name: 'Answer again' }).click()
      await expect(chat.answers).toContainText('Here again.')
    })
})

test(
  'F31: HEAD on an answer that is being written is answered at once, and takes nothing of it',
  { tag: '@long' },
  async ({ chat, page, model }) => {
    model.script = [{ text: 'Once upon a time there was', hangsAfterPieces: 4 }]
    await chat.open()
    await chat.send('tell me')
    await expect(chat.answers).toContainText('Once upon')
    for (let times = 0; times < 3; times += 1) {
      const head = await page.request.head(`/api/chat/${chat.chatId}/stream`, { timeout: 20_000 })
      expect(head.status()).toBe(200)
      expect(head.headers()['content-type']).toContain('text/event-stream')
    }
    await page.reload()
    await expect(chat.answers).toContainText('Once upon')
    await chat.stopButton.click()
    await chat.expectQuiet()
    const none = await page.request.head(`/api/chat/${chat.chatId}/stream`)
    expect(none.status()).toBe(204)
  },
)
