import { listen } from '../helpers/pages/listen.ts'
import { providerTest as test } from '../helpers/provider-test.ts'
import { expect } from '../helpers/test.ts'

const couldNot = 'Kie.ai couldn’t make this video. Retry.'

test(
  'videos that are not on the stage are heard of once each, and a failed one is shown',
  { tag: '@long' },
  async ({ studio, page, emulated }) => {
    const fails = 'A train that breaks down #kie:fail #kie:held'
    const arrives = 'A train on time #kie:held'
    const goesOn = 'A train without end #kie:never'
    await studio.open()
    const said = await listen(page.getByRole('status'))
    for (const prompt of [fails, arrives, goesOn]) await studio.start(prompt)
    for (const prompt of [arrives, fails]) emulated.emulators.kie.letGo(prompt)
    const toast = page.getByRole('listitem').filter({ hasText: 'Your video failed' })
    await expect(toast).toContainText(couldNot)
    await toast.getByRole('button', { name: 'Show' }).click()
    await expect(studio.stage.getByText(couldNot)).toBeVisible()
    await expect(studio.stage).toBeFocused()
    await expect(studio.card(goesOn)).toContainText('Rendering at Kie.ai')

    await expect.poll(() => studio.readyToasts()).toBe(1)
    await expect
      .poll(async () => (await said()).filter((sentence) => sentence.startsWith('“')).toSorted())
      .toEqual([`“${arrives}” is ready.`, `“${fails}” failed. ${couldNot}`])
  },
)
