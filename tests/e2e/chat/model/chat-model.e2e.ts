import { playersOf } from '../../helpers/pages/chat-room.ts'
import { callFor, modelTest as test } from '../../helpers/chat-test.ts'
import { listClips } from '../../helpers/clips.ts'
import { expectToPlay } from '../../helpers/pages/playing.ts'
import { expect } from '../../helpers/test.ts'

test.beforeEach(({ model }) => {
  model.requests.length = 0
  model.keys.length = 0
})

test('the main path: calls in pieces, a result the model is told, a new version', async ({
  chat,
  page,
  model,
}) => {
  model.script = [
    { text: 'On it.', calls: [callFor('Rain over a night city', { aspectRatio: 'portrait' })] },
    { text: 'It is **under way**.' },
    { calls: [{ name: 'listVideos', arguments: { scope: 'chat' } }] },
  ]
  await chat.open()
  await expect(page.getByText('Answered by test-model')).toBeVisible()
  await chat.say('make a vertical video of rain over a night city')
  await expect(chat.answers.locator('strong')).toHaveText('under way')
  await expectToPlay(chat.video(1))
  const [first] = await chat.files()
  expect(first!.settings).toMatchObject({ prompt: 'Rain over a night city', aspectRatio: '9:16' })

  const change = { fromFileId: first!.id, aspectRatio: 'landscape', seconds: null }
  model.script.push({ calls: [callFor('Rain over a city at sunset', change)] }, { text: 'Wider.' })
  await chat.say('now at sunset, wider')
  await expectToPlay(chat.video(2))
  const [, second] = await chat.files()
  expect(second!.settings).toMatchObject({ aspectRatio: '16:9', duration: 2, resolution: '480p' })
  expect(await listClips(page.request)).toHaveLength(2)

  // The model was told what its tools did, and asked with our key for our model.
  const told = model.requests.map(({ messages }) => JSON.stringify(messages.at(-1)))
  expect(told[1]).toContain(first!.id)
  expect(told[3]).toContain('Rain over a night city')
  expect(new Set(model.keys)).toEqual(new Set(['Bearer sk-of-a-test']))
  expect(model.requests[0]).toMatchObject({ model: 'test-model', stream: true })
})

test(
  'two calls at once, their pieces mixed: two videos, each its own',
  { tag: '@long' },
  async ({ chat, page, model }) => {
    model.script = [
      { calls: [callFor('A fox'), callFor('A dog', { aspectRatio: 'landscape' })] },
      { text: 'Both.' },
    ]
    await chat.open()
    await chat.say('a fox and a dog')
    await expect(chat.log.locator('video')).toHaveCount(2)
    const files = await chat.files()
    const wanted = { 'A fox': '1:1', 'A dog': '16:9' }
    expect(
      Object.fromEntries(files.map(({ settings }) => [settings.prompt, settings.aspectRatio])),
    ).toEqual(wanted)
    expect(await playersOf(chat)).toEqual(
      Object.fromEntries(files.map(({ settings, url }) => [settings.prompt, url])),
    )
    expect(await listClips(page.request)).toHaveLength(2)
  },
)

test.describe('malformed arguments start nothing and are told plainly', () => {
  const malformed = {
    'cut off': '{"prompt": "A fo',
    'no object': '[]',
    'a number for the prompt': '{"prompt": 7}',
    'a format there is not': '{"prompt": "A fox", "aspectRatio": "round"}',
    'a file that cannot exist': '{"prompt": "A fox", "fromFileId": "../../etc/passwd"}',
  }
  for (const [what, raw] of Object.entries(malformed))
    test(what, { tag: '@long' }, async ({ chat, page, model }) => {
      model.script = [{ calls: [{ name: 'generateVideo', raw }] }, { text: 'I could not do it.' }]
      await chat.open()
      await chat.say('a fox')
      await expect(
        chat.answers.getByText('The chat model sent a request that can’t be carried out.'),
      ).toBeVisible()
      await expect(chat.answers).toContainText('I could not do it.')
      expect(await listClips(page.request)).toEqual([])
      await expect(chat.log.getByRole('progressbar')).toHaveCount(0)
    })
})

test(
  'an unknown tool, and a file of another user, start nothing',
  { tag: '@long' },
  async ({ chat, page, model }) => {
    model.script = [
      { calls: [{ name: 'deleteEverything', arguments: {} }] },
      { calls: [callFor('A fox', { fromFileId: 'file_000000000000000000000000' })] },
      { text: 'No.' },
    ]
    await chat.open()
    await chat.say('a fox')
    await expect(chat.answers).toContainText('The video to change doesn’t exist')
    await expect(chat.answers).toContainText('No.')
    expect(await listClips(page.request)).toEqual([])
  },
)
