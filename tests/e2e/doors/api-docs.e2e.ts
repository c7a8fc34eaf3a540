import { expectNoFaults } from '../helpers/pages/axe.ts'
import { expectFits } from '../helpers/pages/narrow.ts'
import { expect, test } from '../helpers/test.ts'

test(
  'the reference of the API is found, read, searched and linked to',
  { tag: '@long' },
  async ({ page, server, contract }) => {
    const foreign: string[] = []
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== new URL(server.url).origin) foreign.push(request.url())
    })

    // A deep link leads to its request, though the reference comes after the page.
    await page.goto(`${server.url}/docs/api#cancelVideo`)
    const cancel = page.getByRole('region', { name: 'cancelVideo', exact: true })
    await expect(cancel.getByRole('heading', { name: 'cancelVideo' })).toBeInViewport()
    await expect(cancel).toContainText(`curl -X POST ${server.url}/api/v1/file/`)
    await expect(page).toHaveTitle(/API reference/)
    // Where it is scrolled to, the header covers half a link.
    await page.evaluate(() => scrollTo(0, 0))
    await expectNoFaults(page, 'the reference')

    // Examples in every language, for all requests at once, chosen by the keyboard.
    await page.getByRole('radio', { name: 'curl' }).focus()
    await page.keyboard.press('ArrowRight')
    await expect(cancel).toContainText('await fetch(')
    await page.keyboard.press('ArrowRight')
    await expect(cancel).toContainText('requests.post(')

    // What is answered is one link away.
    await cancel.getByRole('link', { name: 'FileView' }).click()
    await expect(page.getByRole('heading', { name: 'FileView', exact: true })).toBeInViewport()

    const search = page.getByRole('searchbox', { name: 'Search requests and fields' })
    await search.fill('idempotency chat')
    await expect(page.getByText('2 requests', { exact: true })).toBeVisible()
    await expect(cancel).toBeHidden()
    await search.fill('xyzzy')
    await expect(page.getByText('No request matches “xyzzy”.')).toBeVisible()
    await expectNoFaults(page, 'nothing found')
    await search.fill('')

    await page.setViewportSize({ width: 320, height: 800 })
    await expectFits(page, 'the reference on a phone')

    await page.context().addCookies([{ name: 'locale', value: 'ru', url: server.url }])
    await page.reload()
    await expect(page.getByRole('heading', { level: 1, name: 'Справочник API' })).toBeVisible()
    await expect(page.getByText('Отменить видео.')).toBeVisible()
    await expectFits(page, 'the reference on a phone, in Russian')
    expect(foreign).toEqual([])

    // What the page was answered on the way was held to the document it shows.
    await contract.faults()
    expect(contract.seen).toBeGreaterThan(2)
  },
)
