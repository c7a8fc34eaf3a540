import { small, long } from '../helpers/pages/chat-room.ts'
import { chatTest as test } from '../helpers/chat-test.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { expect } from '../helpers/test.ts'
import { errorsOf, translate } from '../helpers/pages/translator.ts'

const wrong = /Something went wrong/

for (const how of ['moves', 'replaces'] as const)
  test(
    `F2: a chat survives a translation that ${how} its texts`,
    { tag: '@long' },
    async ({ chat, page }) => {
      const errors = errorsOf(page)
      await chat.open()
      await translate(page, how)
      await chat.say(`a video of a comet, ${small}`)
      await expectToPlay(chat.video(1))
      await expect(chat.card(1).getByText(/^Ready in/)).toBeVisible()
      await chat.say(`a video of a comet tail, ${long}`)
      await chat.card(2).getByRole('button', { name: 'Cancel', exact: true }).click()
      await expect(chat.card(2).getByText('Canceled').first()).toBeVisible()
      await chat.answers.first().getByRole('button', { name: 'Copy answer' }).click()
      await chat.card(1).getByRole('button', { name: 'Open' }).click()
      await chat.large(1).getByRole('button', { name: 'Close' }).click()
      await chat.questions.first().getByRole('button', { name: 'Edit message' }).click()
      await page.getByRole('button', { name: 'Cancel', exact: true }).first().click()
      await expect(page.getByText(wrong)).toHaveCount(0)
      expect(errors).toEqual([])
    },
  )
