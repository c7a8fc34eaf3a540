import { ChatRefusal, readChat, stopAnswer } from '#lib/ai/api/chat/chat-api'
import { newId } from '#lib/ai/api/new-id'
import type { ChatMessage, ChatView } from '#lib/contract/chat'
import { isNotFound, networkProblem } from '#lib/contract/problem'
import type { ChatMachine } from './chat-machine.ts'
import { ChatStore } from './chat-store.ts'
import type { MessageDraft } from './message-draft.ts'

const retryMs = { first: 400, longest: 5_000 }

export interface ChatSessionOptions {
  chatId: string
  /** What the server has of it; undefined for a new chat. */
  initial: ChatView | undefined
  /** The truth was read again. */
  onView: (view: ChatView) => void
  /** An answer came to its end. */
  onAnswer: (message: ChatMessage) => void
  /** A stream broke and is being picked up (true), or that is over (false). */
  onRecovering: (isRecovering: boolean) => void
}

/**
 * One chat in this tab: its messages, and the answer that is being written. The server has the truth; whenever a
 * stream breaks, the truth is read again and the answer followed from its beginning. The machine that streams is
 * loaded with the first thing there is to send or to follow.
 */
export class ChatSession {
  readonly store: ChatStore
  private readonly options: ChatSessionOptions
  private machine: ChatMachine | undefined
  private loading: Promise<ChatMachine> | undefined
  private stops = 0
  private isRecovering = false
  private isClosed = false
  private isToResume: boolean

  constructor(options: ChatSessionOptions) {
    this.options = options
    this.store = new ChatStore(options.initial?.messages ?? [])
    this.isToResume = options.initial?.isAnswering ?? false
  }

  /** Takes the session up (again); React calls it twice while developing. */
  open() {
    this.isClosed = false
    if (this.isToResume) this.resume()
    this.isToResume = false
  }

  close() {
    this.isClosed = true
    void this.machine?.stop()
  }

  /** Something is about to be sent: what sends it may be loaded. */
  prepare() {
    this.load().catch(() => {})
  }

  /** Sends a message under an id of its own: the server answers it once, however often it comes. */
  send({ text, images }: MessageDraft, id = newId('msg')) {
    const words = text ? [{ type: 'text' as const, text }] : []
    const parts: ChatMessage['parts'] = [...images, ...words]
    const message: ChatMessage = { id, role: 'user', parts }
    const index = this.store.messages.findIndex((known) => known.id === id)
    if (index === -1) this.store.pushMessage(message)
    else this.store.messages = this.store.messages.slice(0, index).concat(message)
    this.submit(message)
    return id
  }

  /** The very same message once more. */
  retry() {
    const last = this.store.messages.at(-1)
    if (last?.role === 'user') this.submit(last)
    else void this.recover()
  }

  /** Another answer in the place of the last one. */
  regenerate() {
    this.store.status = 'submitted'
    void this.run((machine) => machine.regenerate())
  }

  /** What the user decided about a question of the assistant; it is sent with the last part of it. */
  decide(approvalIds: readonly string[], isApproved: boolean) {
    void this.run(async (machine) => {
      for (const id of approvalIds)
        await machine.addToolApprovalResponse({ id, approved: isApproved })
    })
  }

  async stop() {
    this.stops += 1
    // First the server: closing its stream would not stop it.
    await stopAnswer(this.options.chatId).catch(() => {})
    if (this.machine) await this.machine.stop()
    else this.store.status = 'ready'
    await this.sync()
  }

  /** Reads the truth, unless something newer is going on here. */
  async sync() {
    const known = this.store.messages
    if (this.isBusy() || known.length === 0) return
    const view = await readChat(this.options.chatId).catch(() => undefined)
    if (!view || this.isClosed) return
    this.options.onView(view)
    if (!this.isBusy() && this.store.messages === known) this.take(view)
  }

  private submit({ id, role, parts }: ChatMessage) {
    this.store.status = 'submitted'
    void this.run((machine) => machine.sendMessage({ role, parts, messageId: id }))
  }

  /** Follows the answer in progress. One that ended since the chat was read has no stream: it is read again. */
  private resume() {
    this.store.status = 'submitted'
    const known = this.store.messages
    void this.run(async (machine) => {
      await machine.resumeStream()
      if (this.store.messages === known) await this.sync()
    })
  }

  /** Does something with the machine once it is there, unless it was stopped meanwhile. */
  private async run(act: (machine: ChatMachine) => void | PromiseLike<void>) {
    const { stops } = this
    const machine = await this.load().catch(() => undefined)
    if (this.isClosed || stops !== this.stops) return
    if (machine) return await act(machine)
    this.store.error = new ChatRefusal(networkProblem())
    this.store.status = 'error'
  }

  private load() {
    this.loading ??= import('./chat-machine.ts').then((module) => this.begin(module.ChatMachine))
    // What could not be loaded is asked for again the next time.
    this.loading.catch(() => (this.loading = undefined))
    return this.loading
  }

  private begin(Machine: typeof ChatMachine) {
    const { chatId, onAnswer } = this.options
    this.machine = new Machine({
      chatId,
      store: this.store,
      onAnswer,
      onCut: (error) => {
        if (!(error instanceof ChatRefusal)) void this.recover()
      },
    })
    return this.machine
  }

  private isBusy() {
    return this.isRecovering || this.store.status !== 'ready'
  }

  /** Goes on asking until the server is back. */
  private async recover() {
    if (this.isRecovering) return
    this.setRecovering(true)
    for (let waitMs = retryMs.first; !this.isClosed; waitMs *= 2) {
      await sleep(Math.min(waitMs, retryMs.longest))
      const view = await readChat(this.options.chatId).catch(asKnownFailure)
      if (view === 'gone' || this.isClosed) break
      if (view === 'later') continue
      this.options.onView(view)
      this.take(view)
      break
    }
    this.setRecovering(false)
  }

  private take(view: ChatView) {
    this.store.messages = view.messages
    if (this.store.status === 'error') {
      this.store.error = undefined
      this.store.status = 'ready'
    }
    if (view.isAnswering) this.resume()
  }

  private setRecovering(isRecovering: boolean) {
    this.isRecovering = isRecovering
    if (!this.isClosed) this.options.onRecovering(isRecovering)
  }
}

function asKnownFailure(error: unknown) {
  return isNotFound(error) ? ('gone' as const) : ('later' as const)
}

function sleep(ms: number) {
  return new Promise<void>((resolve) => setTimeout(resolve, ms))
}
