import type { Channel } from '../../notices/channel.ts'
import { botTokens } from './bot-names.ts'

// What the composition root needs of the bots. Their code is loaded where there is one: it takes 20 MB.

/** Runs the bots until stopped: see `leadBots`. */
export function startTelegram(): { stop(): Promise<void> } {
  if (botTokens().size === 0) return { stop: async () => {} }
  const running = import('./lead.ts').then(({ leadBots }) => leadBots())
  return { stop: async () => (await running).stop() }
}

/** The channel of notices, where there is a bot. */
export function telegramChannels(): Channel[] {
  if (botTokens().size === 0) return []
  const loaded = async () => (await import('./channel.ts')).telegramChannel
  return [
    {
      name: 'telegram',
      hasDigest: true,
      targetsOf: async (notice) => (await loaded()).targetsOf(notice),
      targetsOfUser: async (userId) => (await loaded()).targetsOfUser(userId),
      tell: async (telling) => (await loaded()).tell(telling),
    },
  ]
}
