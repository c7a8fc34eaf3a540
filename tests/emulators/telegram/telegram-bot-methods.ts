import type { BotBook } from './telegram-books.ts'
import { type BotAnswer, done, refusal } from './telegram-faults.ts'
import type { Call } from './telegram-methods.ts'
import { type Delivery, pollUpdates, pushUpdates } from './telegram-updates.ts'

type BotMethod = (book: BotBook, call: Call, delivery: Delivery) => Promise<BotAnswer> | BotAnswer

/** The methods about the bot itself: who it is, and how it hears. */
export const botMethods: Record<string, BotMethod> = {
  getMe({ id, username }) {
    return done({
      id,
      is_bot: true,
      first_name: username,
      username,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
    })
  },
  setWebhook(book, { params }, delivery) {
    const { url, secret_token: secret, drop_pending_updates: drops } = params
    if (url && !URL.canParse(url)) return refusal(400, 'Bad Request: bad webhook: invalid URL')
    if (secret !== undefined && !/^[\w-]{1,256}$/.test(secret))
      return refusal(400, 'Bad Request: secret token contains unallowed characters')
    book.webhook = url ? { url: String(url), secret } : undefined
    if (drops) book.updates = []
    book.wakePoll?.(true)
    void pushUpdates(book, delivery)
    return done(true)
  },
  deleteWebhook(book, { params }) {
    book.webhook = undefined
    if (params.drop_pending_updates) book.updates = []
    return done(true)
  },
  getWebhookInfo({ webhook, updates }) {
    const info = { url: webhook?.url ?? '', has_custom_certificate: false }
    return done({ ...info, pending_update_count: updates.length })
  },
  async getUpdates(book, { params }, delivery) {
    const conflict = (why: string) => refusal(409, `Conflict: ${why}`)
    if (book.webhook)
      return conflict(
        "can't use getUpdates method while webhook is active; use deleteWebhook first",
      )
    const found = await pollUpdates(book, params, delivery)
    return found ? done(found) : conflict('terminated by other getUpdates request')
  },
  setMyCommands(book, { params }) {
    book.commands[params.language_code ?? ''] = params.commands
    return done(true)
  },
  getFile({ files }, { params }) {
    const bytes = files.get(String(params.file_id))
    if (!bytes) return refusal(400, 'Bad Request: invalid file_id')
    if (bytes.byteLength > 20_000_000) return refusal(400, 'Bad Request: file is too big')
    const { file_id: fileId } = params
    return done({
      file_id: fileId,
      file_unique_id: fileId,
      file_size: bytes.byteLength,
      file_path: `photos/${fileId}.jpg`,
    })
  },
}
