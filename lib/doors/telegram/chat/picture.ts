import type { Message } from 'grammy/types'
import { Agent } from 'undici'
import { type ImageView, imageMaxBytes } from '#lib/contract/generation-inputs'
import { message } from '#lib/messages/message'
import { DownloadError } from '../../../assets/fetch/download-error.ts'
import { guardedConnect } from '../../../assets/fetch/guarded-connect.ts'
import { openLink } from '../../../assets/fetch/open-link.ts'
import { storeImage } from '../../../assets/upload.ts'
import { env } from '../../../env.ts'
import { AppError } from '../../../errors.ts'
import { bounded } from '../../../http/read-body.ts'
import { type TelegramBot, fileAddress } from '../bots.ts'

const timeoutMs = 60_000

/** The picture of a message: a photo in its largest size, or a file that says it is one. */
export function pictureOf({ photo, document }: Message): string | undefined {
  if (photo) return photo.at(-1)?.file_id
  return document?.mime_type?.startsWith('image/') ? document.file_id : undefined
}

/** Keeps a picture of a chat as an upload of its owner. What it is, its bytes say. */
export async function keepPicture(
  bot: TelegramBot,
  fileId: string,
  ownerId: string,
): Promise<ImageView> {
  const { file_path: path } = await bot.api.getFile(fileId)
  if (path === undefined) throw unreadable()
  const isLoopbackAllowed = isOnThisMachine(env().TELEGRAM_API_URL)
  const dispatcher = new Agent({ connect: guardedConnect(isLoopbackAllowed) })
  try {
    const answer = await openLink(fileAddress(bot, path), {
      dispatcher,
      headers: {},
      isLoopbackAllowed,
      signal: AbortSignal.timeout(timeoutMs),
    })
    return await storeImage(ownerId, bounded(answer.body, imageMaxBytes))
  } catch (error) {
    // The address has the bot's token in it: nothing of such an error is told on.
    throw error instanceof DownloadError ? unreadable() : error
  } finally {
    await dispatcher.destroy()
  }
}

/** An emulator, or the operator's own Bot API server. */
function isOnThisMachine(address: string) {
  return /^(localhost|127\.|\[::1\])/.test(new URL(address).hostname)
}

function unreadable() {
  return new AppError('service_unavailable', {
    userMessage: message('telegram.pictureUnreadable'),
    logMessage: 'a picture could not be fetched from Telegram',
  })
}
