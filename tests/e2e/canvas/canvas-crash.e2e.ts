import type { APIRequestContext, Page } from '@playwright/test'
import type { CanvasPlan, CanvasRun } from '#lib/contract/canvas/run'
import { isCompleted, waitForClip } from '../helpers/clips.ts'
import { idOf } from '../helpers/pages/canvas-page.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { wordsIn } from '../helpers/pages/words.ts'
import { providerTest, startProviderServer } from '../helpers/provider-test.ts'
import { type AppServer, serverMs } from '../helpers/servers/app-server.ts'
import { booksOf } from '../helpers/servers/books.ts'
import { expect } from '../helpers/test.ts'

// It is killed.
const test = providerTest.extend<object, { ownProviderServer: AppServer }>({
  ownProviderServer: [
    async ({ emulated }, use) => {
      const server = await startProviderServer(emulated)
      await use(server)
      await server.dispose()
    },
    { scope: 'worker', timeout: serverMs },
  ],
  server: ({ ownProviderServer }, use) => use(ownProviderServer),
})

const words = wordsIn('en')
const text = 'A harbour at dawn.'
/** Each with the name of its node. The first ends when it is let go; the second is refused once. */
const prompts = {
  first: 'The quay. #kie:held',
  second: 'The quay at night. #kie:policy*1',
  side: 'Boats leave. #kie:seconds=0',
  chain: 'Lamps go on. #kie:seconds=0',
}
type Name = keyof typeof prompts
const asked = (name: Name) => (name === 'first' ? `${text}\n\n${prompts.first}` : prompts[name])

const image = (name: Name) => ({
  kind: 'image',
  settings: { model: 'nano-banana', prompt: prompts[name] },
})
const video = (name: Name) => ({
  kind: 'video',
  settings: { model: 'veo-3.1-fast', prompt: prompts[name], duration: 8 },
})
const nodes = [
  { kind: 'text', text, at: 'words' },
  { ...image('first'), at: 'first' },
  { ...image('second'), at: 'second' },
  { ...video('side'), at: 'side' },
  { ...video('chain'), at: 'chain' },
]
const edges = [
  ['words', 'first', 'prompt'],
  ['first', 'second', 'reference'],
  ['first', 'side', 'firstFrame'],
  ['second', 'chain', 'firstFrame'],
] as const

/** A text, an image of it, an image of that and a video of that; the video on the side is made of the first image. */
async function makeGraph(request: APIRequestContext) {
  const places = { width: 320, height: 420, groupId: null }
  const added = nodes.map(({ at, ...node }, index) => ({
    change: 'add',
    node: {
      ...node,
      ...('settings' in node && { versions: [], pinned: null }),
      ...places,
      id: idOf('node', at),
      x: 380 * (index % 3),
      y: 480 * Math.floor(index / 3),
    },
  }))
  const joined = edges.map(([source, target, role]) => ({
    change: 'add',
    edge: {
      id: idOf('edge', `${source}${target}`),
      source: idOf('node', source),
      target: idOf('node', target),
      role,
      order: 0,
    },
  }))
  const made = await request.post('/api/canvas', { data: { name: 'Harbour' } })
  const { id } = (await made.json()) as { id: string }
  const data = { requestId: 'a'.repeat(24), changes: [...added, ...joined] }
  const patched = await request.patch(`/api/canvas/${id}`, { data })
  expect(patched.status()).toBe(200)
  return id
}

async function openRun(page: Page) {
  await page.getByRole('button', { name: words('canvasRun.run'), exact: true }).click()
  const dialog = page.getByRole('dialog', { name: words('canvasRun.title') })
  await expect(dialog.getByRole('listitem').first()).toBeVisible()
  return dialog
}

/** Runs what the dialog is about to run, and answers which files are made, by node. */
async function runAll(page: Page): Promise<Record<string, string>> {
  const dialog = page.getByRole('dialog', { name: words('canvasRun.title') })
  const answer = page.waitForResponse((one) => one.url().endsWith('/run'))
  await dialog.getByRole('button', { name: /^Run for / }).click()
  const { started } = (await (await answer).json()) as CanvasRun
  await expect(dialog).toBeHidden()
  return Object.fromEntries(started.map(({ nodeId, fileId }) => [nodeId, fileId]))
}

test(
  'a run outlives its page and its server; what one failure stops is made from there, and all of it once',
  { tag: '@long' },
  async ({ page, context, browser, server, emulated }) => {
    await page.goto('/library')
    const id = await makeGraph(page.request)
    await page.goto(`/canvas/${id}`)
    await expect(page.locator('.react-flow__node')).toHaveCount(5)
    const dialog = await openRun(page)
    await expect(dialog.getByRole('listitem')).toHaveCount(4)
    const files = await runAll(page)
    const fileOf = (name: Name) => files[idOf('node', name)]!
    // Killed before the answer is kept, it would wait for its user.
    await waitForClip(page.request, fileOf('first'), ({ state }) => state === 'waiting')
    await page.close()
    await server.kill('SIGKILL')
    await server.restart()

    const other = await browser.newContext({
      baseURL: server.url,
      storageState: await context.storageState(),
    })
    const later = await other.newPage()
    await later.goto(`/canvas/${id}`)
    emulated.emulators.kie.letGo(asked('first'))
    const node = (name: Name) => later.locator(`[data-id="${idOf('node', name)}"]`)
    await waitForClip(other.request, fileOf('side'), isCompleted)
    await expectToPlay(node('side').locator('video'))
    await expect(node('first').locator('img').first()).toBeVisible()
    for (const name of ['second', 'chain'] as const)
      await expect(node(name).getByText(words('card.state.failed'), { exact: true })).toBeVisible()
    await expect(node('chain').getByText(words('errors.inputFailed'))).toBeVisible()
    expect(booksOf(emulated, asked('chain'))).toEqual({})

    await node('second').focus()
    await later.keyboard.press('Enter')
    const again = await openRun(later)
    await again.getByRole('radio', { name: words('canvasRun.scope.from') }).check()
    await expect(again.getByText(words('canvasRun.does.reuse'))).toHaveCount(1)
    await expect(again.getByText(/^Step /)).toHaveCount(2)
    Object.assign(files, await runAll(later))
    await waitForClip(other.request, fileOf('chain'), isCompleted)
    await expectToPlay(node('chain').locator('video'))

    const planned = await other.request.post(`/api/canvas/${id}/plan`, {
      data: { scope: 'all', nodes: [] },
    })
    const plan = (await planned.json()) as CanvasPlan
    expect(plan.nodes.map(({ does }) => does)).toEqual(Array(4).fill('reuse'))
    for (const name of Object.keys(prompts) as Name[])
      expect([name, booksOf(emulated, asked(name))]).toEqual([name, { kie: 1 }])
    await other.close()
  },
)
