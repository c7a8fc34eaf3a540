import { Chat } from '@ai-sdk/react'
import { lastAssistantMessageIsCompleteWithApprovalResponses } from 'ai'
import { readChat, stopAnswer } from '#lib/ai/api/chat-api'
import { ChatRefusal } from '#lib/ai/api/chat-refusal'
import { chatTransport } from '#lib/ai/api/chat-transport'
import { newId } from '#lib/ai/api/new-id'
import type { ChatMessage } from '#lib/contract/chat-message'
import type { ChatView } from '#lib/contract/chat-view'
import { ProblemError } from '#lib/contract/read-answer'

const retryMs = { first: 400, longest: 5_000 }

export interface ChatSessionOptions {
  chatId: string
  /** What the server has of it; undefined for a chat nobody has begun. */
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
 * stream breaks, the truth is read again and the answer followed from its beginning.
 */
export class ChatSession {
  readonly chat: Chat<ChatMessage>
  private readonly options: ChatSessionOptions
  private isRecovering = false
  private isClosed = false

  constructor(options: ChatSessionOptions) {
    this.options = options
    this.chat = new Chat<ChatMessage>({
      id: options.chatId,
      messages: options.initial?.messages ?? [],
      transport: chatTransport,
      generateId: () => newId('msg'),
      sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithApprovalResponses,
      onFinish: ({ message, isAbort, isError, finishReason }) => {
        // A stream that just ends, without a word that it is the end, was cut off as well.
        if (isAbort || isError) return
        if (finishReason === undefined) void this.recover()
        else options.onAnswer(message)
      },
      onError: (error) => {
        if (!(error instanceof ChatRefusal)) void this.recover()
      },
    })
  }

  /** Takes the session up (again); React calls it twice while developing. */
  open() {
    this.isClosed = false
  }

  close() {
    this.isClosed = true
    void this.chat.stop()
  }

  /** Sends a message; one that has been sent before is replaced, with all that came after it. */
  send(text: string, messageId?: string) {
    void this.chat.sendMessage(messageId ? { text, messageId } : { text })
  }

  /** The very same message once more, under the same id: the server answers it once. */
  retry() {
    const last = this.chat.lastMessage
    if (last?.role !== 'user') return void this.recover()
    return void this.chat.sendMessage({ role: 'user', parts: last.parts, messageId: last.id })
  }

  async stop() {
    // First the server: leaving its stream alone would not stop it.
    await stopAnswer(this.options.chatId).catch(() => {})
    await this.chat.stop()
    await this.sync()
  }

  /** Reads the truth, unless something newer is going on here. */
  async sync() {
    const known = this.chat.messages
    if (this.isBusy() || known.length === 0) return
    const view = await readChat(this.options.chatId).catch(() => undefined)
    if (!view || this.isClosed) return
    this.options.onView(view)
    if (!this.isBusy() && this.chat.messages === known) this.take(view)
  }

  private isBusy() {
    const { status } = this.chat
    return this.isRecovering || status !== 'ready'
  }

  /** Goes on asking until the server is back. */
  private async recover() {
    if (this.isRecovering) return
    this.setRecovering(true)
    for (let waitMs = retryMs.first; !this.isClosed; waitMs *= 2) {
      await pause(Math.min(waitMs, retryMs.longest))
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
    this.chat.messages = view.messages
    this.chat.clearError()
    if (view.isAnswering) void this.chat.resumeStream()
  }

  private setRecovering(isRecovering: boolean) {
    this.isRecovering = isRecovering
    if (!this.isClosed) this.options.onRecovering(isRecovering)
  }
}

function asKnownFailure(error: unknown) {
  const isGone = error instanceof ProblemError && error.problem.code === 'not_found'
  return isGone ? ('gone' as const) : ('later' as const)
}

function pause(ms: number) {
  return new Promise<void>((resolve) => setTimeout(resolve, ms))
}
