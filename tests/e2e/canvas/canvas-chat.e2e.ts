import type { Page } from '@playwright/test'
import { callFor, modelTest as test } from '../helpers/chat-test.ts'
import { listClips } from '../helpers/clips.ts'
import { CanvasPage } from '../helpers/pages/canvas-page.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { wordsIn } from '../helpers/pages/words.ts'
import { expect } from '../helpers/test.ts'

const words = wordsIn('en')

/** Moves the focus on by keys, from a node to the field in it. */
async function tabToField(page: Page) {
  await expect(page.locator('.react-flow__node:focus').getByRole('textbox')).toBeVisible()
  const isThere = () => page.evaluate(() => document.activeElement?.tagName === 'TEXTAREA')
  for (let times = 0; times < 12 && !(await isThere()); times++) await page.keyboard.press('Tab')
  expect(await isThere()).toBe(true)
}

/** The ids that more than one element of the page has. */
function idsHeldTwice(page: Page) {
  return page.evaluate(() => {
    const ids = Array.from(document.querySelectorAll('[id]'), ({ id }) => id)
    return ids.filter((id, index) => ids.indexOf(id) !== index)
  })
}

test(
  'a chat node makes three videos at its right, and its model is told what it sees and nothing else',
  { tag: '@long' },
  async ({ page, model }) => {
    const canvas = new CanvasPage(page)
    const id = await canvas.make()
    model.requests.length = 0
    model.script = [
      { calls: [callFor('A fox'), callFor('A dog'), callFor('A cat')] },
      { text: 'All three are started.' },
      { text: 'I see one film.' },
    ]

    // By keys alone, from the empty canvas.
    await canvas.choose(words('canvas.do.addChat'))
    const maker = canvas.node('chat')
    await expect(maker).toBeFocused()
    await tabToField(page)
    await page.keyboard.type('a fox, a dog and a cat')
    await page.keyboard.press('Enter')
    await expect(maker.getByText('All three are started.')).toBeVisible()
    await expect(maker.getByRole('textbox')).toBeFocused()
    await expect(maker.getByRole('textbox')).toHaveValue('')
    await canvas.fit(4)
    await expect(canvas.edges).toHaveCount(3)

    // To its right, below each other, none over another.
    const chatBox = (await maker.boundingBox())!
    const boxes = []
    for (const node of await canvas.node('video').all()) boxes.push((await node.boundingBox())!)
    boxes.sort((a, b) => a.y - b.y)
    expect(boxes).toHaveLength(3)
    for (const [place, box] of boxes.entries()) {
      expect(box.x).toBeGreaterThan(chatBox.x + chatBox.width)
      const above = boxes[place - 1]
      if (above) expect(box.y).toBeGreaterThan(above.y + above.height)
    }
    const { elements } = await canvas.read(id)
    const made = elements.flatMap(({ edge }) => (edge?.role === 'made' ? edge.target : []))
    expect(new Set(made).size).toBe(3)
    await expect(canvas.node('video').locator('video[src]')).toHaveCount(3)
    await expectToPlay(page.getByRole('group', { name: /^Video: A fox/ }).locator('video'))
    const fox = (await listClips(page.request)).find(({ settings }) => settings.prompt === 'A fox')

    // A second chat reads a text and a finished video, each connected by keys.
    await canvas.choose(words('canvas.do.addText'))
    await tabToField(page)
    await page.keyboard.type('A lighthouse in a storm')
    const text = page.getByRole('group', { name: /^Text: A lighthouse/ })
    await expect(text).toBeVisible()
    await canvas.choose(words('canvas.do.addChat'))
    await expect(maker).toHaveCount(2)
    const readerId = await page
      .locator('.react-flow__node:focus')
      .evaluate((node) => (node as HTMLElement).dataset.id!)
    const reader = canvas.byId(readerId)
    for (const source of [text, page.getByRole('group', { name: /^Video: A fox/ })]) {
      await source.focus()
      await page.keyboard.press('c')
      await page.getByRole('combobox', { name: words('canvas.connectTo') }).selectOption(readerId)
      await page.getByRole('button', { name: words('canvas.connectNow'), exact: true }).click()
    }
    await expect(canvas.edges).toHaveCount(5)
    await canvas.fit(6)
    expect(await idsHeldTwice(page)).toEqual([])

    const sees = (count: number) =>
      reader.getByText(words('canvasNodes.sees', { count }), { exact: true })
    await sees(2).click()
    const seen = (name: string) => reader.getByRole('button', { name, exact: true })
    await expect(seen('A fox')).toHaveAttribute('aria-pressed', 'true')
    await seen('A lighthouse in a storm').click()
    await expect(seen('A lighthouse in a storm')).toHaveAttribute('aria-pressed', 'false')
    await expect(sees(1)).toBeVisible()

    await reader.getByRole('textbox').fill('what do you see?')
    await page.keyboard.press('Enter')
    await expect(reader.getByText('I see one film.')).toBeVisible()
    const told = model.requests.at(-1)!.messages
    const material = String(told.find(({ role }) => role === 'system')!.content)
    const facts = material.slice(material.indexOf('<material>'), material.indexOf('</material>'))
    const read = JSON.parse(facts.slice(facts.indexOf('['))) as object[]
    expect(read).toEqual([
      {
        kind: 'video',
        fileId: fox!.id,
        state: 'completed',
        prompt: 'A fox',
        seconds: fox!.durationSeconds,
        format: '1:1',
        seed: fox!.settings.seed,
        costUsd: 0,
        model: fox!.modelLabel,
      },
    ])
    expect(JSON.stringify(told)).not.toContain('lighthouse')
    // It takes images, and is shown the poster of that video alone.
    expect(JSON.stringify(told).match(/data:image\/jpeg;base64,/g)).toHaveLength(1)
  },
)
