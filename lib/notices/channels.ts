import { processWide } from '../process-wide.ts'
import type { Channel } from './channel.ts'

export type Channels = Map<Channel['name'], Channel>

/** The channels of this process, by name. The composition root adds them; one that is not set up is absent. */
export function channels(): Channels {
  return processWide('notice channels', () => new Map())
}

export function addChannel(channel: Channel) {
  channels().set(channel.name, channel)
}
