import { randomBytes } from 'node:crypto'
import { type BotBook, type Chat, type ChatMessage, messageJson } from './telegram-books.ts'
import { nextMessageId } from './telegram-methods.ts'
import { type Delivery, tellBot } from './telegram-updates.ts'

export interface Person {
  username?: string | undefined
  language?: string | undefined
}

/** A user of Telegram in one chat, with what a person can do there. */
export interface TelegramUser {
  chat: Chat
  /** Sends a text; `/start <code>` is one. */
  say(text: string, more?: object): ChatMessage
  /** Sends a picture, with words or without. */
  photo(bytes: Uint8Array, caption?: string, more?: object): ChatMessage
  /** Presses the button with this label, or data, under the newest message that has it. */
  press(label: string | RegExp, messageId?: number): void
  block(): void
  unblock(): void
}

/** The user with this number, in the private chat with a bot or in a group. */
export function telegramUser(
  book: BotBook,
  delivery: Delivery,
  id: number,
  { username, language }: Person = {},
  type: Chat['type'] = 'private',
): TelegramUser {
  const known = book.chats.get(id)
  const chat: Chat = known ?? {
    id,
    type,
    isBlocked: false,
    user: { id: Math.abs(id), first_name: 'Ada' },
    messages: [],
    actions: [],
    toasts: [],
  }
  if (username !== undefined) chat.user.username = username
  if (language !== undefined) chat.user.language_code = language
  book.chats.set(id, chat)
  const add = (text: string, options: object): ChatMessage => {
    const message: ChatMessage = {
      message_id: nextMessageId(chat),
      from: 'user',
      text,
      buttons: [],
      video: null,
      options: { ...options },
      replyTo: null,
      texts: [text],
    }
    chat.messages.push(message)
    tellBot(book, 'message', messageJson(book, chat, message), delivery)
    return message
  }
  return {
    chat,
    say: (text, more = {}) => add(text, more),
    photo(bytes, caption, more = {}) {
      const fileId = randomBytes(12).toString('hex')
      book.files.set(fileId, Buffer.from(bytes))
      const size = { file_id: fileId, file_unique_id: fileId, file_size: bytes.byteLength }
      const photo = [{ ...size, width: 64, height: 36 }]
      return add('', { photo, text: undefined, ...(caption !== undefined && { caption }), ...more })
    },
    press: (label, messageId) => press(book, delivery, chat, label, messageId),
    block() {
      chat.isBlocked = true
      membership(book, delivery, chat, 'kicked')
    },
    unblock() {
      chat.isBlocked = false
      membership(book, delivery, chat, 'member')
    },
  }
}

function membership(book: BotBook, delivery: Delivery, chat: Chat, status: string) {
  const bot = { id: book.id, is_bot: true, first_name: book.username, username: book.username }
  const was = status === 'kicked' ? 'member' : 'kicked'
  const content = {
    chat: { ...chat.user, id: chat.id, type: chat.type },
    from: { ...chat.user, is_bot: false },
    date: Math.floor(Date.now() / 1000),
    old_chat_member: { status: was, user: bot },
    new_chat_member: { status, user: bot, until_date: 0 },
  }
  tellBot(book, 'my_chat_member', content, delivery)
}

function press(
  book: BotBook,
  delivery: Delivery,
  chat: Chat,
  label: string | RegExp,
  messageId?: number,
) {
  const fits = (text: string | undefined) =>
    typeof label === 'string' ? text === label : label.test(text ?? '')
  const within = chat.messages.filter(({ message_id: id }) => !messageId || id === messageId)
  for (const message of within.toReversed()) {
    const button = message.buttons.flat().find((one) => fits(one.text) || fits(one.callback_data))
    if (!button?.callback_data) continue
    const id = `${chat.id}-${randomBytes(8).toString('hex')}`
    book.queries.add(id)
    const content = {
      id,
      from: { ...chat.user, is_bot: false },
      message: messageJson(book, chat, message),
      chat_instance: '1',
      data: button.callback_data,
    }
    tellBot(book, 'callback_query', content, delivery)
    return
  }
  const there = chat.messages.flatMap(({ buttons }) => buttons.flat().map(({ text }) => text))
  throw new Error(`no button ${String(label)}; there are: ${there.join(', ')}`)
}
