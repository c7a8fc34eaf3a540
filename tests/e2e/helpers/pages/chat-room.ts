import { type Locator, type Page, type Request, expect } from '@playwright/test'
import type { ChatView } from '#lib/contract/chat'
import type { FileView } from '#lib/contract/file-view'
import { readClip } from '../clips.ts'
import { type Words, wordsIn } from './words.ts'

/** Said at the end of a wish, it makes the shortest and smallest film there is. */
export const small = '2 seconds, 480p'

/** Said at the end of a wish, it makes one that renders long enough to be seen, and stopped. */
export const long = '10 seconds, 1080p'

/** A chat's page by its accessible names, which are part of the product. */
export class ChatRoom {
  readonly page: Page
  readonly words: Words
  readonly message: Locator
  readonly sendButton: Locator
  readonly stopButton: Locator
  readonly log: Locator
  readonly questions: Locator
  readonly answers: Locator
  /** The list of chats next to the conversation. */
  readonly list: Locator

  constructor(page: Page, words = wordsIn('en')) {
    this.page = page
    this.words = words
    this.message = page.getByRole('textbox', { name: words('chat.composer.message'), exact: true })
    this.sendButton = page.getByRole('button', { name: words('chat.composer.send'), exact: true })
    this.stopButton = page.getByRole('button', { name: words('chat.composer.stop'), exact: true })
    this.log = page.getByRole('log', { name: words('chat.message.conversation') })
    this.questions = this.log.getByRole('article', { name: words('chat.message.you'), exact: true })
    this.answers = this.log.getByRole('article', {
      name: words('chat.message.answer'),
      exact: true,
    })
    this.list = page.getByRole('complementary', { name: words('chat.allChats') })
  }

  /** Opens a new chat, or the one with this id, and waits until one can write in it. */
  async open(origin = '', chatId = '') {
    await this.page.goto(`${origin}/chat${chatId && `/${chatId}`}`)
    await expect(this.message).toBeEditable()
  }

  /** Sends a message; resolves once its answer has begun to be streamed. */
  async send(text: string) {
    await this.message.fill(text)
    return this.sentBy(() => this.sendButton.click())
  }

  /** Does what sends a message; resolves once its answer has begun to be streamed. */
  async sentBy(act: () => Promise<void>) {
    const answer = this.page.waitForResponse((response) => isMessage(response.request()))
    await act()
    return answer
  }

  /** Sends a message and waits for the end of its answer. */
  async say(text: string) {
    await this.send(text)
    await this.expectQuiet()
  }

  /** No answer is being written, and none is being asked for. */
  async expectQuiet() {
    await expect(this.sendButton).toBeVisible()
    await expect(this.stopButton).toHaveCount(0)
  }

  /** The card of a video or an image, by the number it has in this chat. */
  card(number: number, kind: 'video' | 'image' = 'video') {
    return this.log.getByRole('article', {
      name: this.words('chat.video.numbered', { number, kind }),
      exact: true,
    })
  }

  /** The player on such a card. */
  video(number: number) {
    return this.card(number).locator('video')
  }

  /** The video that is large next to the conversation, or on a narrow screen over it. */
  large(number: number) {
    const name = this.words('chat.video.numbered', { number, kind: 'video' })
    const beside = this.page.getByRole('complementary', { name, exact: true })
    return beside.or(this.page.getByRole('dialog', { name, exact: true }))
  }

  /** The chat's id, as the address has it once its first message is on its way. */
  get chatId() {
    const id = /\/chat\/(chat_[0-9a-z]{24})$/.exec(this.page.url())?.[1]
    if (!id) throw new Error(`no chat at ${this.page.url()}`)
    return id
  }

  /** What the server has of this chat. */
  async read(): Promise<ChatView> {
    const response = await this.page.request.get(`/api/chat/${this.chatId}`)
    expect(response.status()).toBe(200)
    return (await response.json()) as ChatView
  }

  /** The videos of this chat as the server has them, in the order of their numbers. */
  async files(): Promise<FileView[]> {
    const { videos } = await this.read()
    const ordered = videos.toSorted((a, b) => a.number - b.number)
    return Promise.all(ordered.map(({ fileId }) => readClip(this.page.request, fileId)))
  }
}

/** The addresses of the players in a conversation, by the prompts that name them. */
export async function playersOf({ log }: ChatRoom): Promise<Record<string, string | null>> {
  const players = await log.locator('video').all()
  const named = players.map(async (player) => [
    await player.getAttribute('aria-label'),
    await player.getAttribute('src'),
  ])
  return Object.fromEntries(await Promise.all(named)) as Record<string, string | null>
}

/** Whether a request sends a message; the list of chats is read from the same address. */
export function isMessage(request: Request) {
  return new URL(request.url()).pathname === '/api/chat' && request.method() === 'POST'
}
