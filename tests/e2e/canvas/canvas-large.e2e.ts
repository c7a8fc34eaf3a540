import { CanvasPage, idOf } from '../helpers/pages/canvas-page.ts'
import { expect, test } from '../helpers/test.ts'

const columns = 20
const nodes = Array.from({ length: 300 }, (_, index) => ({
  kind: 'note' as const,
  id: idOf('node', `n${index}x`),
  x: (index % columns) * 300,
  y: Math.floor(index / columns) * 260,
  width: 240,
  height: 200,
  groupId: null,
  text: `Note ${index}`,
}))

test(
  'a large canvas is seen before its elements are there, and what is pointed at or tabbed to is there at once',
  { tag: '@long' },
  async ({ page }) => {
    const canvas = new CanvasPage(page)
    const id = await canvas.make(nodes.map((node) => ({ change: 'add', node })))
    await expect(canvas.nodes).toHaveCount(nodes.length)

    // The server has drawn it: a rectangle for each.
    const html = await (await page.request.get(`/canvas/${id}`)).text()
    const drawn = html.match(/<path class="canvas-outline-path[^>]*>/g)?.join('') ?? ''
    expect(drawn.match(/M-?\d/g)).toHaveLength(nodes.length)

    // No turn comes until frames are let go.
    await page.addInitScript(() => {
      const real = requestAnimationFrame.bind(globalThis)
      const held: FrameRequestCallback[] = []
      const page = globalThis as typeof globalThis & { letGo: () => void }
      page.requestAnimationFrame = (work) => held.push(work)
      page.letGo = () => {
        page.requestAnimationFrame = real
        for (const work of held) real(work)
      }
    })
    await page.reload()
    await expect(canvas.nodes).toHaveCount(100)
    const outline = page.locator('.react-flow__viewport .canvas-outline path').nth(1)
    const box = (await outline.boundingBox())!
    const last = canvas.byId(nodes.at(-1)!.id)
    await expect(last).toHaveCount(0)
    await page.mouse.click(box.x + box.width - 4, box.y + box.height - 4)
    await expect(last).toBeFocused()
    await expect(last).toHaveClass(/selected/)
    await expect(canvas.nodes).toHaveCount(101)
    await page.keyboard.press('Shift+Tab')
    await expect(canvas.nodes).toHaveCount(nodes.length)
    await expect(canvas.byId(nodes.at(-2)!.id)).toBeFocused()
    await page.evaluate(() => (globalThis as typeof globalThis & { letGo: () => void }).letGo())
    await expect(page.locator('.canvas-outline-path')).toHaveCount(0)
  },
)
