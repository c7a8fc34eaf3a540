import { eq } from 'drizzle-orm'
import {
  type NoticeSettings,
  defaultNoticeSettings,
  type PersonalChannel,
  personalChannels,
} from '#lib/contract/people/notices'
import { database } from '../db/client.ts'
import { noticeSetting } from '../db/notice-schema.ts'
import type { Channel, TellableNotice } from './channel.ts'

export interface StoredSettings extends NoticeSettings {
  locale: 'en' | 'ru'
}

/** How a user wants to be told. What a row of an older version does not say is as by default. */
export async function noticeSettingsOf(userId: string): Promise<StoredSettings> {
  const isTheirs = eq(noticeSetting.userId, userId)
  const [row] = await database().select().from(noticeSetting).where(isTheirs)
  const { channels, kinds } = defaultNoticeSettings
  return {
    channels: { ...channels, ...row?.settings.channels },
    kinds: { ...kinds, ...row?.settings.kinds },
    locale: row?.locale ?? 'en',
  }
}

export async function saveNoticeSettings(userId: string, { locale, ...settings }: StoredSettings) {
  await database()
    .insert(noticeSetting)
    .values({ userId, settings, locale })
    .onConflictDoUpdate({ target: noticeSetting.userId, set: { settings, locale } })
}

/** Keeps the language a user reads, where the user has not chosen one. */
export async function rememberLocale(userId: string, locale: 'en' | 'ru') {
  await database()
    .insert(noticeSetting)
    .values({ userId, settings: defaultNoticeSettings, locale })
    .onConflictDoNothing()
}

/** Whether a user is told of this by this channel. Outgoing webhooks are set up apart. */
export function isWanted(
  { channels, kinds }: NoticeSettings,
  channel: Channel['name'],
  { kind }: Pick<TellableNotice, 'kind'>,
) {
  return !isPersonal(channel) || (channels[channel] && kinds[kind])
}

export function isPersonal(channel: Channel['name']): channel is PersonalChannel {
  return personalChannels.some((one) => one === channel)
}
