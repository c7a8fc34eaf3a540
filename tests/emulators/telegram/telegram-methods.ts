import {
  type BotBook,
  type Button,
  type Chat,
  type ChatMessage,
  messageJson,
  sentFile,
} from './telegram-books.ts'
import { Refused } from './telegram-faults.ts'

/** What a call brings: its parameters, and the files beside them. */
export interface Call {
  // oxlint-disable-next-line typescript/no-explicit-any -- a stranger's JSON: each method reads what it needs
  params: Record<string, any>
  files: Map<string, { name: string; bytes: Uint8Array }>
}

const textMost = 4096
const captionMost = 1024
const uploadMost = 50 * 1000 * 1000
const byUrlMost = 20 * 1000 * 1000

/** The methods that write into chats, by name. A refusal is thrown. */
export const chatMethods: Record<string, (book: BotBook, call: Call) => unknown> = {
  sendMessage(book, { params }) {
    const chat = chatOf(book, params)
    const text = textOf(params.text, textMost, 'message')
    return messageJson(book, chat, addMessage(chat, params, { text }))
  },
  editMessageText(book, { params }) {
    const { chat, message } = messageOf(book, params)
    const text = textOf(params.text, textMost, 'message')
    change(message, text, buttonsOf(params.reply_markup))
    return messageJson(book, chat, message)
  },
  editMessageCaption(book, { params }) {
    const { chat, message } = messageOf(book, params)
    change(
      message,
      textOf(params.caption, captionMost, 'message caption'),
      buttonsOf(params.reply_markup),
    )
    return messageJson(book, chat, message)
  },
  editMessageReplyMarkup(book, { params }) {
    const { chat, message } = messageOf(book, params)
    change(message, message.text, buttonsOf(params.reply_markup))
    return messageJson(book, chat, message)
  },
  answerCallbackQuery(book, { params }) {
    const { callback_query_id: id, text } = params
    if (!book.queries.delete(String(id)))
      throw new Refused(
        400,
        'Bad Request: query is too old and response timeout expired or query ID is invalid',
      )
    const chat = book.chats.get(Number(String(id).split('-')[0]))
    if (text) chat?.toasts.push(textOf(text, 200, 'callback answer'))
    return true
  },
  sendChatAction(book, { params }) {
    chatOf(book, params).actions.push(String(params.action))
    return true
  },
  async sendVideo(book, call) {
    const { params } = call
    const chat = chatOf(book, params)
    const text =
      params.caption === undefined ? '' : textOf(params.caption, captionMost, 'message caption')
    const video = await videoOf(call)
    return messageJson(book, chat, addMessage(chat, params, { text, video }))
  },
}

function chatOf(book: BotBook, { chat_id: id }: Call['params']): Chat {
  const chat = book.chats.get(Number(id))
  if (!chat) throw new Refused(400, 'Bad Request: chat not found')
  if (chat.isBlocked) throw new Refused(403, 'Forbidden: bot was blocked by the user')
  return chat
}

function messageOf(book: BotBook, params: Call['params']) {
  const chat = chatOf(book, params)
  const message = chat.messages.find((one) => one.message_id === Number(params.message_id))
  if (!message) throw new Refused(400, 'Bad Request: message to edit not found')
  if (message.from !== 'bot') throw new Refused(400, "Bad Request: message can't be edited")
  return { chat, message }
}

function textOf(given: unknown, most: number, what: string) {
  const text = (typeof given === 'string' ? given : '').trim()
  if (text === '') throw new Refused(400, `Bad Request: ${what} text is empty`)
  if (text.length > most) throw new Refused(400, `Bad Request: ${what} is too long`)
  return text
}

function buttonsOf(markup: { inline_keyboard?: Button[][] } | undefined): Button[][] {
  const rows = markup?.inline_keyboard ?? []
  for (const { text, callback_data: data, url } of rows.flat()) {
    if (!text)
      throw new Refused(400, 'Bad Request: text buttons are unallowed in the inline keyboard')
    if (data !== undefined && (Buffer.byteLength(data) > 64 || data === ''))
      throw new Refused(400, 'Bad Request: BUTTON_DATA_INVALID')
    if (url !== undefined && !/^(https?:\/\/[^/]*\.[^/]*|tg:\/\/)/.test(url))
      throw new Refused(
        400,
        `Bad Request: inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`,
      )
    if (data === undefined && url === undefined)
      throw new Refused(400, 'Bad Request: text buttons are unallowed in the inline keyboard')
  }
  return rows
}

function change(message: ChatMessage, text: string, buttons: Button[][]) {
  if (text === message.text && JSON.stringify(buttons) === JSON.stringify(message.buttons))
    throw new Refused(
      400,
      'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    )
  if (text !== message.text) message.texts.push(text)
  Object.assign(message, { text, buttons })
}

function addMessage(
  chat: Chat,
  params: Call['params'],
  { text, video = null }: Pick<ChatMessage, 'text'> & Partial<Pick<ChatMessage, 'video'>>,
): ChatMessage {
  const replied = Number(params.reply_parameters?.message_id)
  const isThere = chat.messages.some((one) => one.message_id === replied)
  if (replied && !isThere && !params.reply_parameters.allow_sending_without_reply)
    throw new Refused(400, 'Bad Request: message to be replied not found')
  const { supports_streaming, width, height, duration, link_preview_options } = params
  const message: ChatMessage = {
    message_id: nextMessageId(chat),
    from: 'bot',
    text,
    buttons: buttonsOf(params.reply_markup),
    video,
    options: JSON.parse(
      JSON.stringify({ supports_streaming, width, height, duration, link_preview_options }),
    ),
    replyTo: isThere ? replied : null,
    texts: [text],
  }
  chat.messages.push(message)
  return message
}

/** The next number of a message in a chat. */
export function nextMessageId({ messages }: Chat) {
  return (messages.at(-1)?.message_id ?? 0) + 1
}

async function videoOf({ params, files }: Call) {
  const attached = /^attach:\/\/(.+)$/.exec(String(params.video ?? ''))?.[1] ?? 'video'
  const file = files.get(attached)
  if (file) {
    if (file.bytes.byteLength > uploadMost) throw new Refused(413, 'Request Entity Too Large')
    return sentFile(file.name, file.bytes, null)
  }
  const url = String(params.video ?? '')
  if (!URL.canParse(url)) throw new Refused(400, 'Bad Request: there is no video in the request')
  const answer = await fetch(url).catch(() => undefined)
  const bytes = answer?.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined
  if (!bytes || bytes.byteLength > byUrlMost)
    throw new Refused(400, 'Bad Request: failed to get HTTP URL content')
  return sentFile(new URL(url).pathname.split('/').at(-1) ?? '', bytes, url)
}
