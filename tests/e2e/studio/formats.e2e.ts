import { dimensionsOf } from '#lib/contract/model-view'
import { readClip } from '../helpers/clips.ts'
import { expectToPlay, pictureSize, playedHash } from '../helpers/pages/playing.ts'
import { expect, drawingTest as test, longUnless } from '../helpers/test.ts'

test.describe('from the sample prompt to a playing video', () => {
  for (const format of ['9:16', '16:9', '1:1'] as const)
    test(`in ${format}`, longUnless(format === '16:9'), async ({ studio, page }) => {
      await studio.open()
      // The first visit comes with a filled prompt.
      await expect(studio.prompt).not.toHaveValue('')
      const prompt = await studio.prompt.inputValue()

      const { id } = await studio.generate({ format })
      await expect(studio.progress).toBeVisible()
      const video = studio.video(prompt)
      await expectToPlay(video)

      const view = await readClip(page.request, id)
      expect(view.settings.aspectRatio).toBe(format)
      expect(await pictureSize(video)).toEqual(dimensionsOf(format, '480p'))
      expect(await pictureSize(video)).toEqual({ width: view.width, height: view.height })
      expect(await playedHash(video)).toBe(view.sha256)
      await expect(studio.progress).toHaveCount(0)
    })

  test(
    'with sound, through the names and the defaults of the form',
    { tag: '@long' },
    async ({ studio, page }) => {
      await studio.open()
      await expect(page.getByRole('combobox', { name: 'Model' })).toContainText('Local preview')
      await expect(page.getByRole('radio', { name: '9:16' })).toBeChecked()
      await expect(studio.generateButton).toHaveAccessibleName(/free/i)

      const prompt = 'A red desert at dawn, camera orbits'
      const { id } = await studio.generate({ prompt, format: '1:1', duration: 3 })
      await expectToPlay(studio.video(prompt))

      const view = await readClip(page.request, id)
      expect(view).toMatchObject({ videoCodec: 'avc', audioCodec: 'aac', isDemo: true })
      expect(view.durationSeconds).toBeCloseTo(3, 0)
      await expect(
        page.getByText('demo renderer, no AI').filter({ visible: true }).first(),
      ).toBeVisible()
    },
  )
})
