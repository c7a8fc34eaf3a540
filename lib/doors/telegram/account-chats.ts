import { z } from 'zod'
import type { TelegramAnswer, TelegramLinkAnswer } from '#lib/contract/people/telegram'
import type { Caller } from '#lib/contract/people/caller'
import { message } from '#lib/messages/message'
import { AppError } from '../../errors.ts'
import { log } from '../../log.ts'
import { assertAccount } from '../../people/asked.ts'
import { parsed } from '../../read-input.ts'
import { type TelegramBot, botLink, telegramBots } from './bots.ts'
import { told } from './faults.ts'
import { makeCode } from './link-by-code.ts'
import { callerOfLink, linksOf, unlink } from './links.ts'

// The chats of an account, as its own page shows them.

/** The chats that are linked to the account, to bots that are there. */
export async function chatsOf(asked: Caller): Promise<TelegramAnswer> {
  assertAccount(asked)
  const links = (await linksOf(asked.userId)).filter(({ bot }) => telegramBots().has(bot))
  const chats = links.map(async (link) => {
    const { bot, telegramId, username, blockedAt, createdAt } = link
    const found = await callerOfLink(link)
    return {
      bot,
      botUsername: await usernameOf(telegramBots().get(bot)!).catch(() => bot),
      telegramId,
      username: username && `@${username}`,
      account: 'name' in found ? found.name : '',
      isBlocked: blockedAt !== null,
      linkedAt: createdAt.toISOString(),
    }
  })
  return { isOn: telegramBots().size > 0, chats: await Promise.all(chats) }
}

/** A link to each bot, which links a chat to the account or organization that is active now. */
export async function linkChat(asked: Caller): Promise<TelegramLinkAnswer> {
  assertAccount(asked)
  const bots = [...telegramBots().values()]
  if (bots.length === 0)
    throw new AppError('not_found', { userMessage: message('errors.chatNotLinked') })
  const named = await Promise.all(
    bots.map(async (bot) => ({ bot: bot.name, botUsername: await usernameOf(bot) })),
  ).catch((error: unknown) => {
    log().warn(told(error), 'a bot could not be asked for its name')
    throw new AppError('service_unavailable', {
      userMessage: message('errors.telegramUnreachable'),
      retryAfterSeconds: 60,
    })
  })
  const { code, minutes } = await makeCode(asked)
  const links = named.map((one) => ({ ...one, url: botLink({ username: one.botUsername }, code) }))
  return { links, minutes }
}

const chatSchema = z.strictObject({
  bot: z.string().max(64),
  telegramId: z.string().regex(/^\d{1,20}$/),
})
const wanted = { bot: message('errors.chatNotLinked'), telegramId: message('errors.chatNotLinked') }

/** Ends a chat's link to the account. */
export async function unlinkChatOf(asked: Caller, body: unknown) {
  assertAccount(asked)
  const { bot, telegramId } = parsed(chatSchema, body, wanted)
  if (!(await unlink(bot, telegramId, asked.userId)))
    throw new AppError('not_found', { userMessage: message('errors.chatNotLinked') })
}

async function usernameOf(bot: TelegramBot) {
  return (await bot.me()).username
}
