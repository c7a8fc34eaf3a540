import type { ChatState, ChatStatus } from 'ai'
import type { ChatMessage } from '#lib/contract/chat'

/** Streaming text is drawn at most this often. */
const throttleMs = 50

/** What is on the screen of a chat. Never changed, always replaced. */
export interface ChatSnapshot {
  messages: ChatMessage[]
  status: ChatStatus
  error: Error | undefined
}

/** What is on the screen of a chat, there from the first paint; the machine that streams into it may come later. */
export class ChatStore implements ChatState<ChatMessage> {
  private current: ChatSnapshot
  private readonly listeners = new Set<() => void>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private toldAtMs = 0

  constructor(messages: ChatMessage[]) {
    this.current = { messages, status: 'ready', error: undefined }
  }

  read = () => this.current

  subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  get messages() {
    return this.current.messages
  }

  set messages(messages: ChatMessage[]) {
    this.current = { ...this.current, messages: [...messages] }
    const waitMs = Math.max(0, this.toldAtMs + throttleMs - performance.now())
    this.timer ??= setTimeout(() => this.publish(), waitMs)
  }

  get status() {
    return this.current.status
  }

  set status(status: ChatStatus) {
    this.current = { ...this.current, status }
    this.publish()
  }

  get error() {
    return this.current.error
  }

  set error(error: Error | undefined) {
    this.current = { ...this.current, error }
    this.publish()
  }

  pushMessage = (message: ChatMessage) => {
    this.messages = [...this.messages, message]
  }

  popMessage = () => {
    this.messages = this.messages.slice(0, -1)
  }

  /** The machine goes on writing into the message it hands over, hence the copy. */
  replaceMessage = (index: number, message: ChatMessage) => {
    const copy = { ...message, parts: message.parts.map((part) => ({ ...part })) }
    this.messages = this.messages.with(index, copy)
  }

  snapshot = <T>(thing: T): T => structuredClone(thing)

  private publish() {
    clearTimeout(this.timer)
    this.timer = undefined
    this.toldAtMs = performance.now()
    for (const listener of this.listeners) listener()
  }
}
