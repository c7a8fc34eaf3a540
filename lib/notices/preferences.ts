import { z } from 'zod'
import type { Caller } from '#lib/contract/people/caller'
import {
  type NoticeSettingsView,
  type NoticeTestAnswer,
  noticeKinds,
  personalChannels,
} from '#lib/contract/people/notices'
import { message } from '#lib/messages/message'
import { AppError } from '../errors.ts'
import { log } from '../log.ts'
import { parsed } from '../read-input.ts'
import { assertAccount } from '../people/asked.ts'
import type { Channel, TellOutcome } from './channel.ts'
import { channels } from './channels.ts'
import { noticeSettingsOf, rememberLocale, saveNoticeSettings } from './settings.ts'

const testTimeoutMs = 10_000

const settingsSchema = z.strictObject({
  channels: z.record(z.enum(personalChannels), z.boolean()),
  kinds: z.record(z.enum(noticeKinds), z.boolean()),
  locale: z.enum(['en', 'ru']),
})
const wanted = {
  channels: message('request.chooseOf', { options: personalChannels.join(', ') }),
  kinds: message('request.chooseOf', { options: noticeKinds.join(', ') }),
  locale: message('request.chooseOf', { options: 'en, ru' }),
}

/** How an account is told, and which channels there are here. The language is the reader's until one is chosen. */
export async function readPreferences(
  caller: Caller,
  locale: 'en' | 'ru',
): Promise<NoticeSettingsView> {
  assertAccount(caller)
  await rememberLocale(caller.userId, locale)
  const available = personalChannels.filter((name) => channels().has(name))
  return { ...(await noticeSettingsOf(caller.userId)), available }
}

export async function savePreferences(caller: Caller, body: unknown): Promise<NoticeSettingsView> {
  assertAccount(caller)
  const chosen = parsed(settingsSchema, body, wanted)
  await saveNoticeSettings(caller.userId, chosen)
  return readPreferences(caller, chosen.locale)
}

const testSchema = z.strictObject({ channel: z.enum(personalChannels) })

/** Sends a test message to each address that a channel has of the caller, at once, and answers how that went. */
export async function testChannel(caller: Caller, body: unknown): Promise<NoticeTestAnswer> {
  assertAccount(caller)
  const { channel: name } = parsed(testSchema, body, { channel: wanted.channels })
  const channel = channels().get(name)
  const targets = (await channel?.targetsOfUser?.(caller.userId)) ?? []
  if (!channel || targets.length === 0)
    throw new AppError('not_possible_now', { userMessage: message('notices.noChannel') })
  const { locale } = await noticeSettingsOf(caller.userId)
  const at = new Date().toISOString()
  const answers = await Promise.all(
    targets.map(async (target) => ({ ...(await tell(channel, target, locale)), at })),
  )
  return { answers }
}

async function tell(channel: Channel, target: string, locale: 'en' | 'ru') {
  const signal = AbortSignal.timeout(testTimeoutMs)
  const late = new Promise<TellOutcome>((resolve) =>
    signal.addEventListener('abort', () =>
      resolve({ end: 'again', answer: { status: null, code: 'timed_out' } }),
    ),
  )
  const told = channel
    .tell({ target, locale, notices: [], signal })
    .catch((error: unknown): TellOutcome => {
      log().warn({ err: error, channel: channel.name }, 'a test message was not sent')
      return { end: 'again', answer: { status: null, code: 'unreachable' } }
    })
  return (await Promise.race([told, late])).answer
}
