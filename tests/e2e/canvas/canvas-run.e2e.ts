import { longClip } from '../helpers/clips.ts'
import { expectNoFaults } from '../helpers/pages/axe.ts'
import { CanvasPage, idOf } from '../helpers/pages/canvas-page.ts'
import { wordsIn } from '../helpers/pages/words.ts'
import { expect, test } from '../helpers/test.ts'

const words = wordsIn('en')
const place = { y: 0, width: 320, height: 360, groupId: null }
const media = { settings: { prompt: 'Slow pan.', duration: 2 }, versions: [], pinned: null }
const changes = [
  { kind: 'text', id: idOf('node', 'text'), x: 0, ...place, text: 'A harbour at dawn.' },
  { kind: 'video', id: idOf('node', 'first'), x: 420, ...place, ...media },
  { kind: 'video', id: idOf('node', 'second'), x: 840, ...place, ...media },
]
  .map((node): object => ({ change: 'add', node }))
  .concat(
    ['first', 'second'].map((target) => ({
      change: 'add',
      edge: {
        id: idOf('edge', target),
        source: idOf('node', 'text'),
        target: idOf('node', target),
        role: 'prompt',
        order: 0,
      },
    })),
  )

test('a canvas is run as planned, goes on with the page closed, and nothing is made twice', async ({
  page,
  context,
}) => {
  await page.goto('/library')
  const id = await page.evaluate(async (added) => {
    const send = async (method: string, path: string, body: object) => {
      const headers = { 'content-type': 'application/json' }
      return (await fetch(path, { method, headers, body: JSON.stringify(body) })).json()
    }
    const { id: made } = (await send('POST', '/api/canvas', { name: 'Shots' })) as { id: string }
    await send('PATCH', `/api/canvas/${made}`, { requestId: 'a'.repeat(24), changes: added })
    return made
  }, changes)
  await page.goto(`/canvas/${id}`)
  await expect(page.locator('.react-flow__node')).toHaveCount(3)
  await page.getByRole('button', { name: words('canvasRun.run'), exact: true }).click()
  const dialog = page.getByRole('dialog', { name: words('canvasRun.title') })
  await expect(dialog.getByRole('listitem')).toHaveCount(2)
  await expect(dialog.getByText('Step 1 · ')).toHaveCount(2)
  await expectNoFaults(page, 'the plan of a run', '[role=dialog]')
  await dialog.getByRole('button', { name: words('canvasRun.runFree') }).click()
  await expect(dialog).toBeHidden()
  await page.close()

  const later = await context.newPage()
  await later.goto(`/canvas/${id}`)
  const cards = later.locator('.react-flow__node article')
  await expect(cards).toHaveCount(2)
  await expect(later.locator('.react-flow__node video, .react-flow__node img')).not.toHaveCount(0)
  // It is ready once the plan has nothing to make.
  await expect(async () => {
    await later.getByRole('button', { name: words('canvasRun.run'), exact: true }).click()
    const again = later.getByRole('dialog', { name: words('canvasRun.title') })
    await expect(again.getByRole('listitem')).toHaveCount(2)
    const isReady = (await again.getByText(words('canvasRun.does.reuse')).count()) === 2
    await later.keyboard.press('Escape')
    await expect(again).toBeHidden()
    expect(isReady).toBe(true)
  }).toPass()

  // Both of the library, beside each other and over nothing.
  await later
    .locator('.react-flow__pane')
    .focus()
    .catch(() => {})
  await later.keyboard.press('l')
  const picker = later.getByRole('dialog', { name: words('canvasNodes.library.title') })
  await expect(picker.getByRole('gridcell')).toHaveCount(2)
  await picker.getByRole('gridcell').first().click()
  await later.keyboard.press('Control+a')
  await expect(picker.getByRole('status')).toHaveText('2 selected')
  await expectNoFaults(later, 'the library on a canvas', '[role=dialog]')
  await picker.getByRole('button', { name: words('canvasNodes.library.add') }).click()
  await expect(picker).toBeHidden()
  const nodes = later.locator('.react-flow__node')
  await expect(nodes).toHaveCount(5)
  await expect(later.locator('.react-flow__node.selected')).toHaveCount(2)
  await later.keyboard.press('f')
  const boxes = await nodes.evaluateAll((all) =>
    all.map((one) => one.getBoundingClientRect().toJSON()),
  )
  expect(
    boxes.flatMap((one, at) => boxes.slice(at + 1).filter((other) => isOver(one, other))),
  ).toEqual([])

  // What was put there is used as it is, also where the plan is of all.
  await later.keyboard.press('Control+Enter')
  const plan = later.getByRole('dialog', { name: words('canvasRun.title') })
  await expect(plan.getByText(words('canvasRun.does.reuse'))).toHaveCount(4)
  await later.keyboard.press('Escape')
  await expect(plan).toBeHidden()
  await later.keyboard.press('Control+Shift+x')
  await expect(later.getByText(words('canvasRun.canceled.nothing'))).toBeVisible()
})

interface Box {
  x: number
  y: number
  width: number
  height: number
}

function isOver(a: Box, b: Box) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

test(
  'what runs is canceled at its node, and the rest of the run as a whole',
  { tag: '@long' },
  async ({ page }) => {
    const canvas = new CanvasPage(page)
    const names = ['first', 'second', 'third']
    await canvas.make(
      names.map((name, index) => ({
        change: 'add',
        node: {
          kind: 'video',
          id: idOf('node', name),
          x: index * 380,
          ...place,
          settings: { prompt: `A slow tide, ${name}`, ...longClip },
          versions: [],
          pinned: null,
        },
      })),
    )
    const plan = await canvas.plan()
    await plan.getByRole('button', { name: words('canvasRun.runFree') }).click()
    await expect(plan).toBeHidden()
    const canceled = (name: string) =>
      canvas.byId(idOf('node', name)).getByText(words('card.state.canceled'), { exact: true })
    await canvas
      .byId(idOf('node', 'first'))
      .getByRole('button', { name: words('card.action.cancel'), exact: true })
      .click()
    await expect(canceled('first')).toBeVisible()
    await expect(canceled('second')).toHaveCount(0)

    // Also where the plan is of one that does not run: what the canvas runs is canceled as a whole.
    await canvas.plan()
    await expect(
      plan.getByRole('radio', { name: words('canvasRun.scope.these'), exact: true }),
    ).toBeChecked()
    await plan.getByRole('button', { name: words('canvasRun.cancelRuns') }).click()
    for (const name of names) await expect(canceled(name)).toBeVisible()
  },
)

test('a canvas that is not there says so, with a way back', { tag: '@long' }, async ({ page }) => {
  await page.goto(`/canvas/${idOf('canvas', 'never')}`)
  await expect(page.getByText(words('canvasList.error.notFound'))).toBeVisible()
  await page
    .getByRole('main')
    .getByRole('link', { name: words('canvas.all') })
    .click()
  await expect(page).toHaveURL(/canvas$/)
})
