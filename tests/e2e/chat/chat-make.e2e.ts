import { small } from '../helpers/pages/chat-room.ts'
import { chatTest as test } from '../helpers/chat-test.ts'
import { listClips } from '../helpers/clips.ts'
import { disturbStreams, refuse } from '../helpers/pages/lines.ts'
import { expectToPlay, pictureSize, playedHash } from '../helpers/pages/playing.ts'
import { expect } from '../helpers/test.ts'

test('from a sentence to a playing video, and from another one to its new version', async ({
  chat,
  page,
}) => {
  await chat.open()
  await expect(page.getByText('Answered by Director (rule-based, no AI)')).toBeVisible()
  await chat.say('make a vertical video of rain over a night city')
  await expectToPlay(chat.video(1))
  const [first] = await chat.files()
  expect(first!.settings).toMatchObject({ prompt: 'rain over a night city', aspectRatio: '9:16' })
  const { width, height } = await pictureSize(chat.video(1))
  expect(height).toBeGreaterThan(width)

  await chat.say('now at sunset, wider')
  await expectToPlay(chat.video(2))
  const [, second] = await chat.files()
  // What was said otherwise is gone from the prompt, what was not said stayed as it was.
  expect(second!.settings).toMatchObject({
    prompt: expect.stringMatching(/^rain over a city\b.*\bsunset\b/),
    aspectRatio: '16:9',
    duration: first!.settings.duration,
    resolution: first!.settings.resolution,
  })
  expect(second!.settings.prompt).not.toContain('night')
  expect(await playedHash(chat.video(2))).toBe(second!.sha256)
  await expect(chat.video(1)).toHaveAttribute('src', first!.url!)
  const { videos } = await chat.read()
  expect(videos.map(({ number, parentFileId }) => [number, parentFileId])).toEqual([
    [1, null],
    [2, first!.id],
  ])
  expect(await listClips(page.request)).toHaveLength(2)
})

test(
  'a request in Russian is understood, answered in Russian, and changed in Russian',
  { tag: '@long' },
  async ({ chat, page }) => {
    await chat.open()
    await chat.say('Сделай квадратное видео: снег падает на горы, 2 секунды, 480p')
    await expect(chat.answers.last()).toContainText('Запущено')
    await expectToPlay(chat.video(1))
    await chat.say('теперь вертикально, 3 секунды')
    await expectToPlay(chat.video(2))
    const settings = (await chat.files()).map((file) => file.settings)
    expect(settings).toMatchObject([
      { prompt: 'снег падает на горы', aspectRatio: '1:1', duration: 2, resolution: '480p' },
      { prompt: 'снег падает на горы', aspectRatio: '9:16', duration: 3, resolution: '480p' },
    ])
    expect(await listClips(page.request)).toHaveLength(2)
  },
)

test(
  'an unclear request is asked back about, and starts nothing until it is clear',
  { tag: '@long' },
  async ({ chat, page }) => {
    await chat.open()
    await chat.say('make a square video')
    await expect(chat.answers.last()).toContainText('What should the video show?')
    expect(await listClips(page.request)).toEqual([])
    await chat.say(`a paper boat on a river, ${small}`)
    await expectToPlay(chat.video(1))
    const [file] = await chat.files()
    expect(file!.settings).toMatchObject({ prompt: 'paper boat on a river', aspectRatio: '1:1' })
  },
)

test(
  'the event stream is blocked: the poll delivers into the conversation',
  { tag: '@long' },
  async ({ chat, page }) => {
    await disturbStreams(page, refuse)
    await chat.open()
    await chat.say(`a video of a lighthouse in fog, ${small}`)
    await expectToPlay(chat.video(1))
    await expect(chat.card(1).getByText(/delivered by poll/i)).toBeVisible()
    await expect.poll(async () => (await chat.files())[0]!.deliveredBy).toBe('poll')
  },
)
