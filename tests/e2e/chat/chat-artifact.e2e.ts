import { long, small } from '../helpers/pages/chat-room.ts'
import { chatTest as test } from '../helpers/chat-test.ts'
import { listClips } from '../helpers/clips.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { killRendersUntilFinal } from '../helpers/renders.ts'
import { expect } from '../helpers/test.ts'

test(
  'a video is asked after, canceled, and made again in its place',
  { tag: '@long' },
  async ({ chat, page }) => {
    await chat.open()
    await chat.say(`a video of a comet, ${long}`)
    const { id } = (await chat.files())[0]!
    const checked = page.waitForResponse(`**/api/file/${id}/check`)
    await chat.card(1).getByRole('button', { name: 'Check now' }).click()
    expect((await checked).status()).toBe(200)
    await chat.card(1).getByRole('button', { name: 'Cancel', exact: true }).click()
    await expect(chat.card(1).getByText('Canceled').first()).toBeVisible()

    await chat.card(1).getByRole('button', { name: 'Make it again' }).click()
    // The new version stands where the old one did, under the next number.
    await expect(chat.card(2).getByText('version 2 of 2')).toBeVisible()
    await expect(chat.card(1)).toHaveCount(0)
    await chat.card(2).getByRole('button', { name: 'Cancel', exact: true }).click()
    await expect(chat.card(2).getByText('Canceled').first()).toBeVisible()
    expect((await listClips(page.request)).map(({ status }) => status)).toEqual([
      'canceled',
      'canceled',
    ])
  },
)

test('a canceled video is canceled by a word, too', { tag: '@long' }, async ({ chat, page }) => {
  await chat.open()
  await chat.say(`a video of a comet tail, ${long}`)
  await chat.say('cancel it')
  await expect(chat.card(1).getByText('Canceled').first()).toBeVisible()
  expect((await listClips(page.request)).map(({ status }) => status)).toEqual(['canceled'])
})

test(
  'a failed video says why, and is tried again',
  { tag: '@long' },
  async ({ chat, page, server }) => {
    await chat.open()
    await chat.say(`a video of a comet that breaks, ${long}`)
    const { id } = (await chat.files())[0]!
    await killRendersUntilFinal(page.request, server.dataFolder, id)
    await expect(
      chat.card(1).getByText('The demo renderer couldn’t finish this video'),
    ).toBeVisible()
    await chat.card(1).getByRole('button', { name: 'Retry' }).click()
    await expect(chat.card(2).getByRole('button', { name: 'Cancel', exact: true })).toBeVisible()
    expect((await listClips(page.request)).map(({ settings }) => settings.prompt)).toEqual([
      'comet that breaks',
      'comet that breaks',
    ])
  },
)

test(
  'a video is moved to the trash, and back; its place in the conversation stays',
  { tag: '@long' },
  async ({ chat, page }) => {
    await chat.open()
    await chat.say(`a video of a falling comet, ${small}`)
    await expect(chat.video(1)).toBeVisible()
    await chat.card(1).getByRole('button', { name: 'Open' }).click()
    await chat.large(1).getByRole('button', { name: 'Delete' }).click()
    await expect(chat.log.getByText('In the trash')).toBeVisible()
    await expect(chat.log.locator('video')).toHaveCount(0)
    await expect(chat.large(1)).toHaveCount(0)
    await expect(chat.message).toBeFocused()
    expect(await listClips(page.request)).toEqual([])
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(chat.video(1)).toBeVisible()
    expect(await listClips(page.request)).toHaveLength(1)
    await chat.card(1).getByRole('button', { name: 'Delete' }).click()
    await expect(chat.log.getByText('In the trash')).toBeVisible()
    await page.reload()
    await expect(chat.log.getByText('In the trash')).toBeVisible()
  },
)

test(
  '"Use in the form" fills the form with its settings and starts nothing',
  { tag: '@long' },
  async ({ chat, page }) => {
    await chat.open()
    await chat.say('make a square video of a comet & a moon, 3 seconds, 480p')
    await expect(chat.video(1)).toBeVisible()
    const starts: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().includes('/api/generate')) starts.push('one')
    })
    await chat.card(1).getByRole('link', { name: 'Use in the form' }).click()
    await expect(page).toHaveURL(/\/tools\/video-generator\?/)
    const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true })
    await expect(prompt).toHaveValue('comet & a moon')
    await expect(page.getByRole('radio', { name: '1:1' })).toBeChecked()
    await expect(page.getByRole('radio', { name: '480p' })).toBeChecked()
    await expect(page.getByRole('slider', { name: 'Duration' })).toHaveValue('3')
    await expect(page.getByRole('region', { name: 'History' }).getByRole('article')).toHaveCount(1)
    expect(starts).toEqual([])
    expect(await listClips(page.request)).toHaveLength(1)
  },
)

test(
  'opened large: settings and course, a new prompt is a new version, two are compared',
  { tag: '@long' },
  async ({ chat, page }) => {
    await chat.open()
    await chat.say(`a video of a calm comet, ${small}`)
    await expect(chat.video(1)).toBeVisible()
    await chat.card(1).getByRole('button', { name: 'Open' }).click()
    await expectToPlay(chat.large(1).locator('video'))
    await expect(chat.large(1).getByRole('region', { name: 'Settings' })).toContainText('9:16')
    await expect(chat.large(1).getByRole('region', { name: 'Timeline' })).toBeVisible()

    await chat.large(1).getByRole('textbox', { name: 'Prompt' }).fill('a wild comet')
    await chat
      .large(1)
      .getByRole('button', { name: /^Make a new version/ })
      .click()
    const second = chat.large(2)
    await expectToPlay(second.locator('video'))
    const files = await chat.files()
    expect(files.map(({ settings }) => settings.prompt)).toEqual(['calm comet', 'a wild comet'])
    expect(files[1]!.settings).toMatchObject({ duration: 2, resolution: '480p' })
    expect((await chat.read()).videos[1]).toMatchObject({ parentFileId: files[0]!.id })

    await second.getByRole('button', { name: 'Previous version' }).click()
    await expect(chat.large(1).locator('video')).toHaveAttribute('src', files[0]!.url!)
    await chat.large(1).getByRole('button', { name: 'Next version' }).click()
    await expect(second.locator('video')).toHaveAttribute('src', files[1]!.url!)
    await second.getByRole('button', { name: 'Compare two' }).click()
    await expect(second.getByRole('region', { name: 'Left' }).locator('video')).toHaveAttribute(
      'src',
      files[0]!.url!,
    )
    await expect(second.getByRole('region', { name: 'Right' }).locator('video')).toHaveAttribute(
      'src',
      files[1]!.url!,
    )
    await expect(second.getByRole('definition').filter({ hasText: 'a wild comet' })).toBeVisible()
    await second.getByRole('button', { name: 'Close' }).click()
    await expect(second).toHaveCount(0)

    // In the conversation both stand on one card, and the assistant knows the new one by its number.
    await expect(chat.card(2).getByText('version 2 of 2')).toBeVisible()
    await chat.card(2).getByRole('button', { name: 'Previous version' }).click()
    await expect(chat.video(1)).toHaveAttribute('src', files[0]!.url!)
    await page.reload()
    await expect(chat.video(2)).toHaveAttribute('src', files[1]!.url!)
    await chat.say('the second one, but square')
    await expect(chat.card(3)).toBeVisible()
    const third = (await chat.files())[2]!
    expect(third.settings).toMatchObject({ prompt: 'a wild comet', aspectRatio: '1:1' })
    expect(await listClips(page.request)).toHaveLength(3)
  },
)
