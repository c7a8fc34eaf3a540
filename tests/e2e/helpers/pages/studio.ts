import { type Locator, type Page, expect } from '@playwright/test'
import type { FileView } from '#lib/contract/file-view'
import { smallClip } from '../clips.ts'
import { type Words, wordsIn } from './words.ts'

const path = '/tools/video-generator'

interface Wishes {
  prompt?: string
  format?: '9:16' | '16:9' | '1:1'
  duration?: number
  resolution?: '480p' | '720p' | '1080p'
}

/** The video generator's page by its accessible names, which are part of the product. */
export class Studio {
  readonly page: Page
  readonly words: Words
  readonly prompt: Locator
  readonly generateButton: Locator
  readonly checkButton: Locator
  readonly cancelButton: Locator
  readonly progress: Locator
  readonly history: Locator
  /** Where the newest video is. */
  readonly stage: Locator

  constructor(page: Page, words = wordsIn('en')) {
    this.page = page
    this.words = words
    this.prompt = page.getByRole('textbox', { name: words('composer.prompt'), exact: true })
    this.generateButton = page.getByRole('button', {
      name: new RegExp(`^${words('composer.generate')}`),
    })
    this.checkButton = page.getByRole('button', { name: words('card.action.check') })
    this.cancelButton = page.getByRole('button', { name: words('card.action.cancel'), exact: true })
    this.progress = page.getByRole('progressbar')
    this.history = page.getByRole('region', { name: words('studio.history.title') })
    this.stage = page.getByRole('region', { name: words('studio.stage.title') })
  }

  /** Opens the page and waits until the form can be used. */
  async open(origin = '', search = '') {
    await this.page.addInitScript(rememberToasts)
    await this.page.goto(`${origin}${path}${search}`)
    await expect(this.generateButton).toBeEnabled()
  }

  /** Fills the form; what is not wished is set to what renders fastest. */
  async fillIn({ prompt, format, duration, resolution }: Wishes) {
    if (prompt !== undefined) await this.prompt.fill(prompt)
    if (format) await this.choose(this.words('composer.format'), format)
    await this.choose(this.words('composer.resolution'), resolution ?? smallClip.resolution)
    await this.page
      .getByRole('slider', { name: this.words('composer.duration') })
      .fill(String(duration ?? smallClip.duration))
  }

  async choose(group: string, option: string) {
    const radio = this.page
      .getByRole('radiogroup', { name: group })
      .getByRole('radio', { name: option })
    await radio.check()
  }

  /** Opens the list of models. */
  async openModels() {
    await this.page.getByRole('combobox', { name: this.words('composer.model') }).click()
    const list = this.page.getByRole('listbox', { name: this.words('composer.models') })
    await expect(list).toBeVisible()
  }

  /** A model in the open list. */
  model(label: string) {
    const name = this.page.getByText(label, { exact: true })
    return this.page.getByRole('option').filter({ has: name })
  }

  async chooseModel(label: string) {
    await this.openModels()
    await this.model(label).click()
    await expect(
      this.page.getByRole('combobox', { name: this.words('composer.model') }),
    ).toContainText(label)
  }

  /** Starts a video of these words with the settings as they are. */
  async start(prompt: string): Promise<FileView> {
    await this.prompt.fill(prompt)
    return this.startedBy(() => this.generateButton.click())
  }

  /** Fills the form, clicks Generate and answers the view the server gave for it. */
  async generate(wishes: Wishes): Promise<FileView> {
    await this.fillIn(wishes)
    return this.startedBy(() => this.generateButton.click())
  }

  /** Does what starts a video, and answers the view the server gave for it. */
  async startedBy(act: () => Promise<void>): Promise<FileView> {
    const answer = this.page.waitForResponse('**/api/generate/video')
    await act()
    const { files } = (await (await answer).json()) as { files: [FileView] }
    return files[0]
  }

  /** The player of a video, whose name is its prompt. */
  video(prompt: string) {
    return this.page.locator('video').and(this.page.getByLabel(prompt, { exact: true }))
  }

  /** The card of a video in the history. */
  card(prompt: string) {
    return this.history.getByRole('article', { name: prompt, exact: true })
  }

  /** How many toasts have said so far, since the page was loaded, that a video is ready. */
  async readyToasts() {
    const seen = await this.page.evaluate(() => (window as ToastWindow).seenToasts ?? [])
    return seen.filter((text) => text.includes('Your video is ready')).length
  }
}

type ToastWindow = Window & { seenToasts?: string[] }

/** Runs in the page: toasts leave again after a few seconds, and one too many must not go unseen. */
function rememberToasts() {
  const seen: string[] = []
  ;(window as ToastWindow).seenToasts = seen
  const toasts = new Set<Element>()
  new MutationObserver(() => {
    for (const toast of document.querySelectorAll('[data-sonner-toast]')) {
      if (!toasts.has(toast)) seen.push(toast.textContent)
      toasts.add(toast)
    }
  }).observe(document, { childList: true, subtree: true })
}
