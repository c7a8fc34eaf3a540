import { expectToPlay } from '../helpers/pages/playing.ts'
import { killRender, killRendersUntilFinal } from '../helpers/renders.ts'
import { expect, test } from '../helpers/test.ts'

const half = { duration: 6, resolution: '720p' } as const

test(
  'a render child that is killed once is begun again',
  { tag: '@long' },
  async ({ studio, server }) => {
    await studio.open()
    const prompt = 'A storm at sea, the painter falls'
    await studio.generate({ prompt, ...half })
    await killRender(server.dataFolder)
    await expectToPlay(studio.video(prompt))
  },
)

test(
  'a render child that always dies becomes a failure that says so, and can be retried',
  { tag: '@long' },
  async ({ studio, page, server }) => {
    await studio.open()
    const prompt = 'A storm at sea, everybody falls'
    const { id } = await studio.generate({ prompt, ...half })
    await killRendersUntilFinal(page.request, server.dataFolder, id)
    await expect(
      page.getByText('The demo renderer couldn’t finish this video').first(),
    ).toBeVisible()
    await expect(studio.progress).toHaveCount(0)

    const again = await studio.startedBy(() =>
      page.getByRole('button', { name: 'Retry' }).first().click(),
    )
    expect(again.id).not.toBe(id)
    await expectToPlay(studio.video(prompt))
  },
)
