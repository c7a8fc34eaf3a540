import { type Answer, type Emulator, type EmulatorRequest, startEmulator } from '../emulator.ts'
import { type BotBook, booksJson, newBook } from './telegram-books.ts'
import { botMethods } from './telegram-bot-methods.ts'
import {
  type BotAnswer,
  type Order,
  Refused,
  after,
  before,
  done,
  refusal,
  strike,
} from './telegram-faults.ts'
import { type Call, chatMethods } from './telegram-methods.ts'
import type { Delivery } from './telegram-updates.ts'
import { type Person, type TelegramUser, telegramUser } from './telegram-user.ts'

export interface TelegramSettings {
  /** The bots there are: token by username. */
  bots: Record<string, string>
  port?: number | undefined
}

export interface TelegramEmulator extends Emulator {
  books: BotBook[]
  /** What goes wrong next, the first that fits first. */
  orders: Order[]
  delivery: Delivery
  /** A person in a chat with a bot; of the first bot where none is named. A negative number is a group. */
  user(id: number, person?: Person, username?: string): TelegramUser
}

/** Telegram on this machine: the Bot API with webhook and long polling, its file server, and the users of its chats. */
export async function startTelegramEmulator(settings: TelegramSettings): Promise<TelegramEmulator> {
  const books = Object.entries(settings.bots).map(([name, token]) => newBook(token, name))
  const delivery: Delivery = { times: 1, isReversed: false, retryMs: 300 }
  const orders: Order[] = []
  const user: TelegramEmulator['user'] = (id, person = {}, username = books[0]!.username) => {
    const book = books.find((one) => one.username === username)
    if (!book) throw new Error(`no bot ${username}`)
    return telegramUser(book, delivery, id, person, id < 0 ? 'group' : 'private')
  }
  const route = async (request: EmulatorRequest): Promise<Answer | undefined> => {
    const { pathname } = request.url
    if (pathname.startsWith('/_emulator/')) return control(request, { books, orders, user })
    const [, isFile, token, rest = ''] = /^\/(file\/)?bot([^/]+)\/(.+)$/.exec(pathname) ?? []
    const book = books.find((one) => one.token === token)
    if (!book) return refusal(401, 'Unauthorized')
    const call = await callOf(request)
    const order = strike(orders, isFile ? 'file' : rest, chatIn(call))
    const fault = order && (await before(order))
    if (fault) return fault
    const answer = isFile ? sendFile(book, rest, request) : await carryOut(book, rest, call)
    if (order) await after(order)
    return answer
  }
  const bare = await startEmulator('telegram', () => route, { port: settings.port })
  return Object.assign(bare, { books, orders, delivery, user })

  async function carryOut(book: BotBook, method: string, call: Call): Promise<BotAnswer> {
    try {
      const own = botMethods[method]
      if (own) return await own(book, call, delivery)
      const inChat = chatMethods[method]
      return inChat ? done(await inChat(book, call)) : refusal(404, 'Not Found: method not found')
    } catch (error) {
      if (error instanceof Refused) return error.answer
      throw error
    }
  }
}

/** The chat that a call is about; that of a button is in its number. */
function chatIn({ params }: Call) {
  return Number(params.chat_id ?? String(params.callback_query_id).split('-')[0])
}

/** The parameters of a call, out of JSON or a form; a form's objects are JSON themselves. */
async function callOf({ raw, headers, json, url }: EmulatorRequest): Promise<Call> {
  const type = headers['content-type'] ?? ''
  const inAddress = Object.fromEntries(url.searchParams)
  if (!type.startsWith('multipart/form-data'))
    return { params: { ...inAddress, ...(json as object | undefined) }, files: new Map() }
  const form = await new Response(new Uint8Array(raw), {
    headers: { 'content-type': type },
  }).formData()
  const params: Call['params'] = inAddress
  const files: Call['files'] = new Map()
  for (const [name, value] of form)
    if (typeof value === 'string') params[name] = readField(value)
    else files.set(name, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) })
  return { params, files }
}

/** A field of a form: numbers, booleans and objects as JSON writes them, and any other text. */
function readField(value: string): unknown {
  return /^([[{].*[\]}]|true|false|\d{1,15})$/s.test(value) ? JSON.parse(value) : value
}

function sendFile(book: BotBook, path: string, { response }: EmulatorRequest): Answer {
  const bytes = book.files.get(path.replace(/^photos\//, '').replace(/\.jpg$/, ''))
  if (!bytes) return { status: 404, text: 'Not Found' }
  response.writeHead(200, { 'content-type': 'application/octet-stream' })
  response.end(bytes)
  return {}
}

type Controlled = Pick<TelegramEmulator, 'books' | 'orders' | 'user'>

/** A user's hand by HTTP, to try the product without a phone. */
function control({ url, json, method }: EmulatorRequest, { books, orders, user }: Controlled) {
  const what = url.pathname.split('/').at(-1) ?? ''
  if (what === 'chats') return { json: booksJson(books) }
  if (method !== 'POST') return { status: 405, json: { error: 'send it with POST' } }
  const { chat, language, username, bot, text, label, image, message_id: messageId } = json ?? {}
  const done = { json: { ok: true } }
  try {
    if (what === 'fault') {
      orders.push(json as Order)
      return done
    }
    const person = user(Number(chat ?? 1), { language, username }, bot)
    if (what === 'say') return { json: person.say(String(text)) }
    if (what === 'photo') return { json: person.photo(Buffer.from(image, 'base64'), text) }
    if (what === 'press') person.press(String(label), messageId)
    else if (what === 'block') person.block()
    else if (what === 'unblock') person.unblock()
    else return { status: 404, json: { error: 'chats, say, photo, press, block, unblock, fault' } }
    return done
  } catch (error) {
    return { status: 400, json: { error: String(error) } }
  }
}
