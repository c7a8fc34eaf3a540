import { booksOf } from '../helpers/servers/books.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { providerTest as test } from '../helpers/provider-test.ts'
import { expect } from '../helpers/test.ts'

const waits = 'Kie.ai isn’t accepting more requests right now. Retrying automatically.'

test(
  'a limit is told where the video stands, on the stage and on a card, and passes',
  { tag: '@long' },
  async ({ studio, emulated }) => {
    const first = 'A lighthouse in a queue #kie:429*1=12'
    const second = 'A lighthouse behind it'
    await studio.open()
    await studio.chooseModel('Kling 3.0 Turbo')
    await studio.start(first)
    await expect(studio.stage.getByText(waits)).toBeVisible()
    await studio.start(second)
    await expect(studio.card(first)).toContainText(waits)

    await expectToPlay(studio.video(second))
    await expect(studio.card(first).getByRole('button', { name: /^Open/ })).toBeVisible()
    await expect(studio.stage.getByText(waits)).toHaveCount(0)
    expect(booksOf(emulated, first)).toEqual({ kie: 1 })
    expect(booksOf(emulated, second)).toEqual({ kie: 1 })
  },
)
