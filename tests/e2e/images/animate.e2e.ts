import { expectToPlay } from '../helpers/pages/playing.ts'
import { ChatRoom } from '../helpers/pages/chat-room.ts'
import { providerTest as test } from '../helpers/provider-test.ts'
import { expect } from '../helpers/test.ts'

test(
  'an image of the studio begins a video, and so does one of the chat',
  { tag: '@long' },
  async ({ studio, page, server, emulated: { emulators } }) => {
    const prompt = 'A red door in the rain'
    await page.goto(`${server.url}/tools/image-generator?model=local-still`)
    const box = page.getByRole('textbox', { name: 'Prompt', exact: true })
    await expect(box).toBeEditable()
    await box.fill(prompt)
    await page.getByRole('button', { name: /^Generate/ }).click()
    const card = page
      .getByRole('region', { name: 'History' })
      .getByRole('article', { name: prompt })
    await card.getByRole('link', { name: 'Animate' }).click()

    const slot = page.getByRole('button', { name: 'Replace: First frame' })
    await expect(slot).toBeVisible()
    const shown = slot.locator('img')
    await expect
      .poll(() => shown.evaluate((one: HTMLImageElement) => one.naturalWidth))
      .toBeGreaterThan(0)
    const { settings } = await studio.start('The door opens slowly')
    expect(settings.inputs.firstFrame).toMatch(/^file_/)
    await expectToPlay(studio.video('The door opens slowly'))
    expect(emulators.kie.jobsOf('The door opens slowly')).toHaveLength(1)

    const chat = new ChatRoom(page)
    await chat.open()
    await chat.say('нарисуй красную дверь')
    const image = chat.card(1, 'image')
    await expect(image.getByRole('img', { name: 'красную дверь' })).toBeVisible()
    await chat.say('оживи её: дверь медленно открывается')
    const agree = page.getByRole('button', { name: /^Spend / })
    await agree.or(chat.video(2)).first().waitFor()
    if (await agree.isVisible()) await agree.click()
    await expectToPlay(chat.video(2))
    const [made, video] = await chat.files()
    expect(made).toMatchObject({ type: 'image' })
    expect(video?.settings.inputs.firstFrame).toBe(made?.id)
    await page.reload()
    await expect(image.getByRole('img', { name: 'красную дверь' })).toBeVisible()
  },
)
