import { setTimeout as sleep } from 'node:timers/promises'
import { booksOf } from '../../helpers/servers/books.ts'
import { expectToPlay } from '../../helpers/pages/playing.ts'
import { providerSweepMs, providerTest as test } from '../../helpers/provider-test.ts'
import { expect } from '../../helpers/test.ts'

const unknown = 'We don’t know whether Kie.ai started this video.'

test('a start that was not answered is repeated only by the user', async ({
  studio,
  page,
  emulated,
  server,
}) => {
  const prompt = 'A comet #kie:reset-after*1 #kie:webhook-none #kie:seconds=0'
  const { stage } = studio
  await studio.open()
  await studio.start(prompt)
  await expect(stage.getByText(unknown)).toBeVisible()
  await server.kill('SIGKILL')
  await server.restart()
  const quiet = sleep(2 * providerSweepMs)
  await stage.getByRole('button', { name: 'Check with the provider' }).click()
  await expect(stage.getByText('Checked just now. Still no response.')).toBeVisible()
  await quiet
  await expect(stage.getByText(unknown)).toBeVisible()
  expect(booksOf(emulated, prompt)).toEqual({ kie: 1 })

  const question = page.getByRole('alertdialog', { name: 'Retry this video?' })
  await stage.getByRole('button', { name: 'Retry' }).click()
  await expect(question).toContainText('may charge twice, $0.40 each')
  await question.getByRole('button', { name: 'Keep waiting' }).click()
  await expect(question).toHaveCount(0)
  expect(booksOf(emulated, prompt)).toEqual({ kie: 1 })
  await stage.getByRole('button', { name: 'Retry' }).click()
  await question.getByRole('button', { name: 'Retry anyway' }).click()

  await expectToPlay(studio.video(prompt))
  expect(booksOf(emulated, prompt)).toEqual({ kie: 2 })
  await expect(studio.card(prompt)).toHaveCount(1)
})

test(
  'an unanswered start whose provider sends a webhook arrives by itself',
  { tag: '@long' },
  async ({ studio, emulated }) => {
    const prompt = 'A comet that comes back #kie:reset-after #kie:held'
    await studio.open()
    await studio.start(prompt)
    await expect(studio.stage.getByText(unknown)).toBeVisible()
    emulated.emulators.kie.letGo(prompt)
    await expectToPlay(studio.video(prompt))
    await expect.poll(() => studio.readyToasts()).toBe(1)
    expect(booksOf(emulated, prompt)).toEqual({ kie: 1 })
  },
)
