import { createHash } from 'node:crypto'

/** A button as Telegram takes it. */
export interface Button {
  text: string
  callback_data?: string
  url?: string
}

/** What became of a file that a bot has sent. */
export interface SentFile {
  name: string
  sizeBytes: number
  sha256: string
  /** The address it was fetched from; null where it was uploaded. */
  url: string | null
}

/** A message in a chat, as its user sees it now. */
export interface ChatMessage {
  message_id: number
  from: 'user' | 'bot'
  text: string
  buttons: Button[][]
  video: SentFile | null
  /** What else came with it, as its sender named it. */
  options: Record<string, unknown>
  replyTo: number | null
  /** Every text it has had, the first one first. */
  texts: string[]
}

/** A chat between a bot and a user, or a group. */
export interface Chat {
  id: number
  type: 'private' | 'group'
  isBlocked: boolean
  user: { id: number; first_name: string; username?: string; language_code?: string }
  messages: ChatMessage[]
  /** `upload_video` and the like. */
  actions: string[]
  /** What was shown to the user over the chat, in answer to a button. */
  toasts: string[]
}

export interface Webhook {
  url: string
  secret: string | undefined
}

/** An update on its way to the bot. */
export interface Update {
  update_id: number
  [kind: string]: unknown
}

/** One bot: what it has to hear, and its chats. */
export interface BotBook {
  token: string
  id: number
  username: string
  chats: Map<number, Chat>
  /** Not confirmed yet. */
  updates: Update[]
  nextUpdateId: number
  webhook: Webhook | undefined
  commands: Record<string, { command: string; description: string }[]>
  files: Map<string, Buffer>
  /** Buttons that were pressed and wait for an answer. */
  queries: Set<string>
  /** Ends the poll that waits. */
  wakePoll: ((isReplaced?: boolean) => void) | undefined
}

export function newBook(token: string, username: string): BotBook {
  return {
    token,
    id: Number(token.split(':')[0]),
    username,
    chats: new Map(),
    updates: [],
    nextUpdateId: 1000,
    webhook: undefined,
    commands: {},
    files: new Map(),
    queries: new Set(),
    wakePoll: undefined,
  }
}

/** What the books keep of a file's bytes. */
export function sentFile(name: string, bytes: Uint8Array, url: string | null): SentFile {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { name, sizeBytes: bytes.byteLength, sha256, url }
}

/** A message of a chat as the Bot API writes it. */
export function messageJson(book: BotBook, chat: Chat, message: ChatMessage): object {
  const { message_id, from, text, video, buttons, replyTo } = message
  const bot = { id: book.id, is_bot: true, first_name: book.username, username: book.username }
  const user = { ...chat.user, is_bot: false }
  const isCommand = from === 'user' && text.startsWith('/')
  const replied = chat.messages.find((one) => one.message_id === replyTo)
  const entities = [{ type: 'bot_command', offset: 0, length: text.split(/\s/)[0]!.length }]
  return {
    message_id,
    date: Math.floor(Date.now() / 1000),
    from: from === 'bot' ? bot : user,
    chat: chatJson(chat),
    ...(video ? { caption: text } : { text }),
    ...(isCommand && { entities }),
    ...(buttons.length > 0 && { reply_markup: { inline_keyboard: buttons } }),
    ...(replied && { reply_to_message: messageJson(book, chat, { ...replied, replyTo: null }) }),
    ...(video && { video: { file_id: video.sha256, file_size: video.sizeBytes } }),
    ...message.options,
  }
}

export function chatJson({ id, type, user }: Chat) {
  return type === 'private' ? { ...user, id, type } : { id, type, title: 'A group' }
}

/** The chats as JSON, newest message last: what `/_emulator/chats` shows. */
export function booksJson(books: Iterable<BotBook>) {
  return [...books].map(({ username, chats, webhook, updates, commands }) => ({
    bot: username,
    webhook: webhook?.url ?? null,
    waiting: updates.length,
    commands,
    chats: [...chats.values()],
  }))
}
