import { small } from '../helpers/pages/chat-room.ts'
import { chatTest as test } from '../helpers/chat-test.ts'
import { expect } from '../helpers/test.ts'

test(
  'F37: on a phone Back closes the list, the large view and the comparison',
  { tag: '@long' },
  async ({ chat, page }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto('/status')
    await chat.open()
    await chat.say(`a video of a comet, ${small}`)
    await expect(chat.video(1)).toBeVisible()
    const address = page.url()
    await page.getByRole('button', { name: 'Chats' }).click()
    const drawer = page.getByRole('dialog', { name: 'Chats' })
    await expect(drawer).toBeVisible()
    await page.goBack()
    await expect(drawer).toHaveCount(0)
    await expect(page).toHaveURL(address)

    // Going to another chat by the list takes the place of the list.
    await page.getByRole('button', { name: 'Chats' }).click()
    await drawer.getByRole('button', { name: 'New chat' }).click()
    await expect(page).toHaveURL(/\/chat$/)
    await page.goBack()
    await expect(page).toHaveURL(address)
    await expect(chat.video(1)).toBeVisible()

    await chat.card(1).getByRole('button', { name: 'Open' }).click()
    await expect(chat.large(1)).toBeVisible()
    await chat
      .large(1)
      .getByRole('button', { name: /^Make a new version/ })
      .click()
    await expect(chat.large(2)).toBeVisible()
    await chat.large(2).getByRole('button', { name: 'Compare two' }).click()
    const compared = page.getByRole('region', { name: 'Left' })
    await expect(compared).toBeVisible()
    await page.goBack()
    await expect(compared).toHaveCount(0)
    await expect(chat.large(2)).toBeVisible()
    await page.goBack()
    await expect(chat.large(2)).toHaveCount(0)
    await expect(page).toHaveURL(address)
    await page.goBack()
    await expect(page).toHaveURL(/status$/)
  },
)

test(
  'F26: a pasted message of 9,000 characters is kept and not sent, with the reason',
  { tag: '@long' },
  async ({ chat, page }) => {
    await chat.open()
    await chat.message.fill('🎬'.repeat(9_000))
    await expect(page.getByText('9,000 of 8,000 characters, 1,000 too many')).toBeVisible()
    await expect(chat.sendButton).toBeDisabled()
    await chat.message.press('Enter')
    expect((await chat.message.inputValue()).length).toBe(18_000)
    await expect(chat.questions).toHaveCount(0)
    await page.reload()
    await expect(chat.message).toHaveValue('🎬'.repeat(9_000))
  },
)
