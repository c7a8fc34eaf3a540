import { hash } from 'node:crypto'
import { z } from 'zod'
import type { Locale } from '#lib/messages/locales'
import { message } from '#lib/messages/message'
import { invalidField } from '../../errors.ts'
import { isIdempotencyKey } from '../../generations/start/idempotency.ts'
import { parsed } from '../../read-input.ts'
import { botNamed } from '../telegram/bot-names.ts'

/** The one event of this door, as its senders have always called it. */
export const videoEvent = 'veo3/video.generate'

const dataSchema = z.strictObject({
  prompt: z.unknown().optional(),
  model: z.unknown().optional(),
  aspectRatio: z.unknown().optional(),
  duration: z.unknown().optional(),
  resolution: z.unknown().optional(),
  seed: z.unknown().optional(),
  negativePrompt: z.unknown().optional(),
  generateAudio: z.unknown().optional(),
  maxUsd: z.unknown().optional(),
  telegram_id: z.union([z.int().positive(), z.string().regex(/^[1-9]\d{0,19}$/)]).nullish(),
  username: z.string().max(100).nullish(),
  is_ru: z.boolean().nullish(),
  bot_name: z.string().min(1).max(64).nullish(),
})

const eventSchema = z.object({
  name: z.literal(videoEvent),
  data: dataSchema,
  id: z.string().max(1_000).nullish(),
  ts: z.number().nullish(),
})
export type VideoEvent = z.output<typeof eventSchema>

const wantedOfEvent = {
  name: message('inngest.name', { event: videoEvent }),
  id: message('errors.invalidKey'),
}
const wantedOfData = {
  telegram_id: message('inngest.telegramId'),
  username: message('request.text'),
  is_ru: message('request.boolean'),
  bot_name: message('inngest.botName'),
}

/** An event as it came, checked; what of it is about the video is checked where it is started. */
export function readEvent(given: unknown): VideoEvent {
  const { data, ...event } = parsed(eventSchema.extend({ data: z.unknown() }), given, wantedOfEvent)
  return { ...event, data: parsed(dataSchema, data, wantedOfData) }
}

/** The Telegram user that an event is for. */
export interface Recipient {
  bot: string
  telegramId: string
  username: string | null
  locale: Locale
}

/** Whom a video goes to; undefined where the event names no one. Throws where it is through a bot that is not here. */
export function recipientOf({ data }: VideoEvent): Recipient | undefined {
  const { telegram_id: id, username, is_ru: isRussian, bot_name: bot } = data
  if (id == null) return undefined
  const locale = isRussian ? 'ru' : 'en'
  const known = botNamed(bot ?? undefined)
  if (!known) throw invalidField('bot_name', message('inngest.botName'))
  return { bot: known.name, telegramId: String(id), username: username ?? null, locale }
}

/** The video as every door starts it: what is not asked for is not there. */
export function bodyOf({ data }: VideoEvent): Record<string, unknown> {
  const { telegram_id: _, username: __, is_ru: ___, bot_name: ____, ...asked } = data
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value != null))
}

// A sender that got no answer sends again within minutes; the same words an hour later are another wish.
const sameForMs = 10 * 60_000

/**
 * The idempotency key of an event: its id as it is, so that the same key means the same video through every door; a hash
 * of an id that is no key. An event without an id is known by what it says, for ten minutes.
 */
export function keyOfEvent(event: VideoEvent): { key: string; keptMs?: number } {
  const { id } = event
  if (id) return { key: isIdempotencyKey(id) ? id : `inngest-${hash('sha256', id)}` }
  const said = JSON.stringify([event.name, inOrder(event.data), event.ts ?? null])
  return { key: `inngest-${hash('sha256', said)}`, keptMs: sameForMs }
}

/** The fields of an object, in whatever order they came. */
function inOrder(fields: object) {
  return Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1))
}
