import type { Page } from '@playwright/test'
import { expectNoFaults } from '../helpers/pages/axe.ts'
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

test('with fingers: a long press adds and opens menus, two zoom; with Shift a frame selects', async ({
  page,
}) => {
  const { id, nodes } = await aCanvasOf(page, [
    { x: 0, text: 'one' },
    { x: 300, text: 'two' },
  ])
  await page.goto(`/canvas/${id}`)
  await expect(page.locator('.react-flow__node')).toHaveCount(2)
  const fingers = await touching(page)
  const menu = page.getByRole('menu')
  const pane = (await page.locator('.react-flow').boundingBox())!
  const free = { x: pane.x + 80, y: pane.y + pane.height - 160 }

  // On the empty canvas: what can be added.
  await fingers.down(free)
  await expect(
    menu.getByRole('menuitem', { name: words('canvas.do.addFromLibrary') }),
  ).toBeVisible()
  await fingers.up()
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()

  // On a node: what can be done with it.
  const node = page.locator(`.react-flow__node[data-id="${nodes[0]}"]`)
  const at = (await node.boundingBox())!
  await fingers.down({ x: at.x + at.width / 2, y: at.y + 4 })
  await expect(menu.getByRole('menuitem', { name: words('canvas.do.duplicate') })).toBeVisible()
  await fingers.up()
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()

  // Two fingers that part bring it nearer.
  const widthBefore = (await node.boundingBox())!.width
  await fingers.pinch({ x: free.x + 200, y: free.y }, { from: 40, to: 160 })
  await expect
    .poll(async () => (await node.boundingBox())!.width)
    .toBeGreaterThan(widthBefore * 1.3)

  // A frame that is drawn with Shift takes what is in it.
  await page.keyboard.press('f')
  await expect(node).toBeInViewport()
  const [left, right] = await Promise.all(
    nodes.map((one) => page.locator(`.react-flow__node[data-id="${one}"]`).boundingBox()),
  )
  await page.keyboard.down('Shift')
  await page.mouse.move(left!.x - 20, left!.y - 30)
  await page.mouse.down()
  await page.mouse.move(right!.x + right!.width + 10, right!.y + right!.height + 10, { steps: 6 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(2)
})

async function aCanvasOf(page: Page, texts: { x: number; text: string }[]) {
  const size = { y: 0, width: 240, height: 140, groupId: null }
  const nodes = texts.map(({ text }) => `node_${text.padEnd(24, '0')}`)
  const changes = texts.map((one, index) => ({
    change: 'add',
    node: { kind: 'text', id: nodes[index], ...one, ...size },
  }))
  await page.goto('/library')
  const id = await page.evaluate(async (added) => {
    const send = async (method: string, path: string, body: object) => {
      const headers = { 'content-type': 'application/json' }
      return (await fetch(path, { method, headers, body: JSON.stringify(body) })).json()
    }
    const { id: made } = (await send('POST', '/api/canvas', { name: 'By hand' })) as { id: string }
    await send('PATCH', `/api/canvas/${made}`, { requestId: 'b'.repeat(24), changes: added })
    return made
  }, changes)
  return { id, nodes }
}

interface Spot {
  x: number
  y: number
}

/** Fingers on the page, as the browser itself takes them. */
async function touching(page: Page) {
  const browser = await page.context().newCDPSession(page)
  await browser.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 })
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: Spot[]) =>
    browser.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: touchPoints.map((spot, id) => ({ ...spot, id })),
    })
  return {
    down: (spot: Spot) => send('touchStart', spot),
    up: () => send('touchEnd'),
    async pinch({ x, y }: Spot, { from, to }: { from: number; to: number }) {
      const spots = (apart: number): [Spot, Spot] => [
        { x: x - apart / 2, y },
        { x: x + apart / 2, y },
      ]
      await send('touchStart', ...spots(from))
      for (let step = 1; step <= 10; step++)
        await send('touchMove', ...spots(from + ((to - from) * step) / 10))
      await send('touchEnd')
    },
  }
}
