import type { Page } from '@playwright/test'
import { makeClip } from '../helpers/clips.ts'
import { expectNoFaults } from '../helpers/pages/axe.ts'
import { CanvasPage, idOf } from '../helpers/pages/canvas-page.ts'
import { expectFits } from '../helpers/pages/narrow.ts'
import { wordsIn } from '../helpers/pages/words.ts'
import { expect, test } from '../helpers/test.ts'

const words = wordsIn('en')

function paste(page: Page, text: string) {
  return page.evaluate((copied) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', copied)
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, text)
}

/** Chooses in the palette what is found first. */
async function choose(page: Page, typed: string) {
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox', { name: words('canvas.do.palette') })
  await field.fill(typed)
  await page.keyboard.press('Enter')
  await expect(field).toBeHidden()
}

test('a canvas is made by keys alone, moved by the pointer, undone, pasted into, and refuses what cannot be', async ({
  page,
}) => {
  await page.goto('/library')
  const id = await page.evaluate(async () => {
    const answer = await fetch('/api/canvas', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Storyboard' }),
    })
    return ((await answer.json()) as { id: string }).id
  })
  await page.goto(`/canvas/${id}`)
  await expect(page.getByText(words('canvas.emptyHint'))).toBeVisible()
  const nodes = page.locator('.react-flow__node')
  const node = (kind: 'text' | 'image' | 'video') =>
    page.getByRole('group', { name: new RegExp(`^${words(`canvas.kind.${kind}`)}`) })

  // By keys: a text and a video, joined.
  await choose(page, words('canvas.do.addText'))
  await expect(nodes).toHaveCount(1)
  await expect(node('text')).toBeFocused()
  await choose(page, words('canvas.do.addVideo'))
  await expect(node('video')).toBeFocused()
  await page.keyboard.press('Shift+ArrowDown')
  for (let times = 0; times < 30; times++) await page.keyboard.press('Shift+ArrowRight')
  await node('text').focus()
  await page.keyboard.press('c')
  await expect(page.getByRole('region', { name: words('canvas.do.connect') })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^Connection: Prompt/ })).toBeVisible()

  // The other way round it would be a circle, or no use at all.
  await node('video').focus()
  await page.keyboard.press('c')
  await expect(page.getByText(/^Nothing here can use/)).toBeVisible()
  await page.keyboard.press('Escape')

  // Undone and made again.
  await page.keyboard.press('Control+z')
  await expect(page.locator('.react-flow__edge')).toHaveCount(0)
  await page.keyboard.press('Control+Shift+z')
  await expect(page.locator('.react-flow__edge')).toHaveCount(1)

  // By the pointer: dragged, and taken back.
  const before = (await node('video').boundingBox())!
  await page.mouse.move(before.x + 40, before.y + before.height - 20)
  await page.mouse.down()
  await page.mouse.move(before.x + 40, before.y + before.height - 120, { steps: 8 })
  await page.mouse.up()
  const after = (await node('video').boundingBox())!
  expect(Math.round(before.y - after.y)).toBeGreaterThan(50)
  await page.keyboard.press('Control+z')
  await expect
    .poll(async () => Math.round((await node('video').boundingBox())!.y))
    .toBe(Math.round(before.y))

  // Copies, and what is no canvas.
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+d')
  await expect(nodes).toHaveCount(4)
  await page.keyboard.press('Delete')
  await expect(nodes).toHaveCount(2)
  await paste(page, '{"photofinishCanvas":1,"nodes":[{"kind":"script"}],"edges":[]}')
  await expect(page.getByText(words('canvas.refused.clipboard')).first()).toBeVisible()
  await paste(page, 'a lighthouse in a storm')
  await expect(nodes).toHaveCount(3)
  await expect(page.getByText('a lighthouse in a storm').first()).toBeVisible()
  await choose(page, 'lighthouse')
  await expect(page.getByRole('group', { name: /lighthouse/ })).toBeFocused()
  await expectNoFaults(page, 'a canvas')

  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: words('canvas.help.title') })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 390, height: 844 })
  await expectFits(page, 'a canvas')
  await page.getByRole('button', { name: words('canvas.do.fit') }).click()
  await expect(page.getByRole('toolbar', { name: words('canvas.tools') })).toBeInViewport()

  // All of it is kept.
  await expect(page.getByText(words('canvas.saving.saved'))).toBeVisible()
  await page.reload()
  await expect(nodes).toHaveCount(3)
  await expect(page.locator('.react-flow__edge')).toHaveCount(1)
})

test(
  'a finger that rests on the empty canvas opens what can be added',
  { tag: '@long' },
  async ({ page }) => {
    await page.goto('/library')
    const id = await page.evaluate(async () => {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify({ name: 'By hand' })
      const answer = await fetch('/api/canvas', { method: 'POST', headers, body })
      return ((await answer.json()) as { id: string }).id
    })
    await page.goto(`/canvas/${id}`)
    const pane = (await page.locator('.react-flow').boundingBox())!
    const browser = await page.context().newCDPSession(page)
    await browser.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 })
    const spot = { x: pane.x + 80, y: pane.y + pane.height - 160 }
    await browser.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [spot] })
    const entry = page.getByRole('menuitem', { name: words('canvas.do.addFromLibrary') })
    await expect(entry).toBeVisible()
    await browser.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  },
)

test(
  'from far away nodes are pictures and words, and nothing is followed; a double click goes near',
  { tag: '@long' },
  async ({ page }) => {
    const canvas = new CanvasPage(page)
    await page.goto('/library')
    const film = await makeClip(page.request, { prompt: 'A lamp' })
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    const place = { width: 320, height: 420, groupId: null, y: 0 }
    const video = { kind: 'video', settings: { prompt: 'A lamp' }, pinned: null } as const
    const made = { ...place, ...video, id: idOf('node', 'lamp'), x: 0, versions: [film.id] }
    const wished = { ...place, ...video, id: idOf('node', 'wished'), x: 600, versions: [] }
    const words = {
      ...place,
      kind: 'text',
      id: idOf('node', 'words'),
      x: 9_000,
      text: 'Dusk',
    } as const
    await canvas.make([made, wished, words].map((node) => ({ change: 'add', node })))
    await expect(canvas.nodes).toHaveCount(3)

    const poster = canvas.byId(made.id).locator('img')
    await expect
      .poll(() => poster.evaluate((one: HTMLImageElement) => one.naturalWidth))
      .not.toBe(0)
    await expect(canvas.byId(words.id)).toContainText('Dusk')
    await expect(canvas.byId(wished.id)).toContainText('A lamp')
    await expect(canvas.nodes.locator('textarea, button, video')).toHaveCount(0)
    expect(asked).not.toContain(`/api/file/${film.id}`)
    await expectNoFaults(page, 'a canvas from far away')

    // Down to a few pixels, and near again.
    await page.locator('#canvas').focus()
    for (let times = 0; times < 6; times++) await page.keyboard.press('-')
    await expect(poster).toHaveCount(0)
    await canvas.byId(words.id).dblclick()
    const field = canvas.byId(words.id).getByRole('textbox')
    await expect(field).toHaveValue('Dusk')
    await field.press('Control+k')
    await page.getByRole('combobox').fill('A lamp')
    await page.keyboard.press('Enter')
    await expect(canvas.byId(made.id).locator('video')).toBeVisible()
  },
)

test(
  'a frame drawn with Shift selects, and two fingers zoom',
  { tag: '@long' },
  async ({ page }) => {
    const browser = await page.context().newCDPSession(page)
    // Before the page: whether it is touched is asked once.
    await browser.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 })
    const canvas = new CanvasPage(page)
    const place = { kind: 'text', y: 0, width: 240, height: 120, groupId: null } as const
    const nodes = ['left', 'right'].map((name, index) => ({
      ...place,
      id: idOf('node', name),
      x: index * 400,
      text: name,
    }))
    await canvas.make(nodes.map((node) => ({ change: 'add', node })))
    const { x, y, width, height } = (await page.locator('.react-flow').boundingBox())!
    await page.keyboard.down('Shift')
    await page.mouse.move(x + 20, y + 20)
    await page.mouse.down()
    await page.mouse.move(x + width - 20, y + height - 120, { steps: 8 })
    await page.mouse.up()
    await page.keyboard.up('Shift')
    await expect(page.locator('.react-flow__node.selected')).toHaveCount(2)

    const zoom = () =>
      page
        .locator('.react-flow__viewport')
        .evaluate((one) => new DOMMatrix(getComputedStyle(one).transform).a)
    const before = await zoom()
    const middle = { x: x + width / 2, y: y + 80 }
    const fingers = (apart: number) => [
      { x: middle.x - apart, y: middle.y, id: 0 },
      { x: middle.x + apart, y: middle.y, id: 1 },
    ]
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: object[]) =>
      browser.send('Input.dispatchTouchEvent', { type, touchPoints: touchPoints as [] })
    await touch('touchStart', fingers(120))
    for (const apart of [100, 80, 60]) await touch('touchMove', fingers(apart))
    await touch('touchEnd', [])
    expect(await zoom()).toBeLessThan(before * 0.8)
  },
)
