import { type Locator, type Page, expect } from '@playwright/test'
import type { CanvasChange, CanvasView } from '#lib/contract/canvas/canvas'
import { wordsIn } from './words.ts'

const words = wordsIn('en')

/** An id as a client makes it, that says what it is of. */
export function idOf(prefix: 'node' | 'edge' | 'chat' | 'canvas', name: string) {
  return `${prefix}_${name.padEnd(24, '0')}`
}

type Kind = 'text' | 'note' | 'image' | 'video' | 'chat' | 'group'

/** A canvas by its accessible names. */
export class CanvasPage {
  readonly page: Page
  readonly nodes: Locator
  readonly edges: Locator

  constructor(page: Page) {
    this.page = page
    this.nodes = page.locator('.react-flow__node')
    this.edges = page.locator('.react-flow__edge')
  }

  /** Makes a canvas of this browser's, with these changes, and opens it. */
  async make(changes: readonly CanvasChange[] = []) {
    await this.page.goto('/library')
    // As data alone: its own type is too deep for the compiler here.
    const data: readonly object[] = changes
    const id = await this.page.evaluate(async (added) => {
      const send = async (method: string, path: string, body: object) => {
        const headers = { 'content-type': 'application/json' }
        return (await fetch(path, { method, headers, body: JSON.stringify(body) })).json()
      }
      const made = (await send('POST', '/api/canvas', { name: 'Shots' })) as { id: string }
      const requestId = 'a'.repeat(24)
      if (added.length > 0)
        await send('PATCH', `/api/canvas/${made.id}`, { requestId, changes: added })
      return made.id
    }, data)
    await this.open(id)
    return id
  }

  async open(id: string) {
    await this.page.goto(`/canvas/${id}`)
    await expect(this.page.getByRole('button', { name: words('canvasRun.run') })).toBeVisible()
  }

  /** What the server has of it. */
  async read(id: string): Promise<CanvasView> {
    const answer = await this.page.request.get(`/api/canvas/${id}?since=0`)
    expect(answer.status()).toBe(200)
    return (await answer.json()) as CanvasView
  }

  /** The frames of the nodes of a kind, which have the focus. */
  node(kind: Kind) {
    return this.page.getByRole('group', { name: new RegExp(`^${words(`canvas.kind.${kind}`)}`) })
  }

  byId(id: string) {
    return this.page.locator(`.react-flow__node[data-id="${id}"]`)
  }

  /** Brings so many nodes into sight: those that are out of it are not drawn. */
  async fit(count: number) {
    await expect(async () => {
      await this.page.getByRole('button', { name: words('canvas.do.fit') }).click()
      await expect(this.nodes).toHaveCount(count, { timeout: 1_000 })
    }).toPass()
  }

  /** Chooses in the palette what is found first. */
  async choose(typed: string) {
    // Keys that are typed into a field are not the canvas's.
    await this.page.locator('#canvas').focus()
    await this.page.keyboard.press('Control+k')
    const field = this.page.getByRole('combobox', { name: words('canvas.do.palette') })
    await field.fill(typed)
    await this.page.keyboard.press('Enter')
    await expect(field).toBeHidden()
  }

  /** Opens the plan of a run. */
  async plan() {
    await this.page.getByRole('button', { name: words('canvasRun.run'), exact: true }).click()
    return this.page.getByRole('dialog', { name: words('canvasRun.title') })
  }

  /** All that was done here is at the server. */
  async expectSaved() {
    await expect(this.page.getByText(words('canvas.saving.saved'), { exact: true })).toBeVisible()
  }
}
