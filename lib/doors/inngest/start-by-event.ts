import type { Caller } from '#lib/contract/people/caller'
import type { GenerationRow } from '../../generations/row.ts'
import { startGeneration } from '../../generations/start/start.ts'
import { type VideoEvent, bodyOf, keyOfEvent, recipientOf } from './event.ts'

/** Starts the video of an event, or finds the one it has started before. `key` takes the place of the event's own. */
export function startByEvent(
  event: VideoEvent,
  payer: Caller,
  key?: string | null,
): Promise<GenerationRow> {
  const own = key ? { key } : keyOfEvent(event)
  const recipient = recipientOf(event)
  const { bot = '', telegramId = '', locale = '' } = recipient ?? {}
  return startGeneration({
    caller: payer,
    body: bodyOf(event),
    idempotencyKey: own.key,
    ...('keptMs' in own && { keyKeptMs: own.keptMs }),
    origin: { door: 'inngest', place: recipient ? { bot, telegramId, locale } : null },
  })
}
