import { booksOf } from '../../helpers/servers/books.ts'
import { isCompleted, waitForClip } from '../../helpers/clips.ts'
import { expectToPlay } from '../../helpers/pages/playing.ts'
import { providerTest as test } from '../../helpers/provider-test.ts'
import { expect } from '../../helpers/test.ts'

const linkWords = 'Kie.ai has finished it, but its link doesn’t work yet. Trying again.'

// What a provider does not know is asked about for ten minutes before it counts as lost.
test(
  'a job the provider does not find, and a link that leads to no video for a while',
  { tag: '@long' },
  async ({ studio, page, emulated }) => {
    const lost = 'A letter that is mislaid #kie:lost*5 #kie:webhook-none'
    const html = 'A letter that comes late #kie:link-html*6'
    await studio.open()
    const { id } = await studio.start(html)
    // Between two looks at the link: during one there is nothing to cancel.
    const waits = await waitForClip(
      page.request,
      id,
      ({ message, canCancel }) => message === linkWords && canCancel,
    )
    expect(waits).toMatchObject({ status: 'processing', isBilledAnyway: true })
    await studio.start(lost)
    await expect(studio.stage.getByText('Rendering at Kie.ai')).toBeVisible()
    await expect(studio.card(html)).not.toContainText('Failed')

    const sentence = 'Kie.ai can’t find this video right now. Checking again.'
    await expect(studio.stage.getByText(sentence)).toBeVisible()
    await expect(studio.card(lost)).not.toContainText('Failed')
    await expectToPlay(studio.video(lost).last())
    expect(booksOf(emulated, lost)).toEqual({ kie: 1 })

    // Each look at the link waits as long as all before it: a slow machine takes minutes.
    await waitForClip(page.request, id, isCompleted)
    await studio.card(html).getByRole('button', { name: /^Open/ }).click()
    await expectToPlay(studio.video(html).last())
    expect(booksOf(emulated, html)).toEqual({ kie: 1 })
  },
)
