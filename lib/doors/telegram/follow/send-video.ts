import { InputFile } from 'grammy'
import type { Message } from 'grammy/types'
import type { FileView } from '#lib/contract/file-view'
import { asciiFileName } from '#lib/contract/text/file-name'
import type { Locale } from '#lib/messages/locales'
import { message } from '#lib/messages/message'
import { sayIn } from '#lib/messages/translate'
import { productionStorage } from '../../../assets/storage/production-storage.ts'
import { env } from '../../../env.ts'
import type { GenerationRow } from '../../../generations/row.ts'
import { fileViewOf } from '../../../generations/view.ts'
import { signedVideoLink } from '../../../http/media/signed-link.ts'
import { captionMost, clipped, textMost } from '../chat/asked.ts'
import type { TelegramBot } from '../bots.ts'
import { faultOf } from '../faults.ts'
import { captionOf, finishedButtons } from './progress.ts'

// The Bot API takes 50 MB.
const uploadMost = 50_000_000
const linkDays = 7

interface SendOptions {
  bot: TelegramBot
  chatId: string
  locale: Locale
  /** The message it answers. */
  to?: number | undefined
}

/**
 * Sends a finished video into a chat: its file, or a link where that is too large for Telegram. Twice sends it twice: what
 * Telegram was sent is known only once it has answered.
 */
export async function sendFinished(row: GenerationRow, options: SendOptions): Promise<number> {
  const object = row.asset && (await productionStorage().get(row.asset.storageKey))
  const isSmall = object !== undefined && object !== null && object.sizeBytes <= uploadMost
  if (isSmall) {
    const sent = await sendFile(row, () => object.read(), options).catch((error: unknown) => {
      // A film that Telegram does not take as one is still there to be fetched.
      if (faultOf(error)?.kind === 'refused') return undefined
      throw error
    })
    if (sent) return sent.message_id
  }
  return (await sendLink(row, options)).message_id
}

async function sendFile(
  row: GenerationRow,
  open: () => ReadableStream<Uint8Array>,
  { bot, chatId, locale, to }: SendOptions,
): Promise<Message> {
  const view = fileViewOf(row)
  const action = view.type === 'video' ? 'upload_video' : 'upload_document'
  await bot.api.sendChatAction(chatId, action).catch(() => {})
  const { width, height, durationSeconds } = view
  const file = new InputFile(open, nameOf(view))
  const caption = captionOf(view, locale, captionMost)
  // As a file: Telegram would make its photos smaller.
  if (view.type === 'image')
    return bot.api.sendDocument(chatId, file, { caption, ...answering(to) })
  return bot.api.sendVideo(chatId, file, {
    caption,
    ...(await coverOf(row)),
    supports_streaming: true,
    width,
    height,
    ...(durationSeconds !== null && { duration: Math.max(1, Math.round(durationSeconds)) }),
    reply_markup: { inline_keyboard: finishedButtons(view, locale) },
    ...answering(to),
  })
}

/** The frame that its owner chose; without one Telegram shows the first. */
async function coverOf({ id, asset }: GenerationRow) {
  const name = asset?.posterName
  const object = name && (await productionStorage().get(`${id}/${name}`))
  return object ? { cover: new InputFile(() => object.read(), name) } : {}
}

function sendLink(row: GenerationRow, { bot, chatId, locale, to }: SendOptions) {
  const view = fileViewOf(row)
  const link = signedVideoLink(row) ?? ''
  const sentence = sayIn(
    locale,
    message('telegram.tooLarge', {
      size: { bytes: view.sizeBytes ?? 0 },
      link,
      days: linkDays,
    }),
  )
  const caption = captionOf(view, locale, textMost - sentence.length - 2)
  return bot.api.sendMessage(chatId, clipped(`${caption}\n\n${sentence}`, textMost), {
    link_preview_options: { is_disabled: true },
    reply_markup: { inline_keyboard: finishedButtons(view, locale) },
    ...answering(to),
  })
}

function answering(to: number | undefined) {
  return to === undefined
    ? {}
    : { reply_parameters: { message_id: to, allow_sending_without_reply: true } }
}

/** Named after its prompt, in characters that need no quotes: the library writes the name into a header as it is. */
function nameOf({ settings, url }: Pick<FileView, 'settings' | 'url'>) {
  const extension = url ? url.slice(url.lastIndexOf('.')) : ''
  return asciiFileName(settings.prompt, extension).replaceAll(/[^\w.-]+/g, '-')
}

/** The studio's address for buttons: Telegram takes none that only this machine knows. */
export function publicStudio(): string | null {
  const { PUBLIC_URL } = env()
  return PUBLIC_URL && /^https?:\/\/[^/]*\.[^/]/.test(PUBLIC_URL) ? PUBLIC_URL : null
}
