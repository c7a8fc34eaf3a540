import { microsOf, usdOf } from '#lib/contract/money'
import { env } from '../../../env.ts'
import { findOwned } from '../../../generations/queries.ts'
import type { GenerationRow } from '../../../generations/row.ts'
import { estimate } from '../../../generations/start/request.ts'
import { startGeneration } from '../../../generations/start/start.ts'
import { assertStillMay } from '../../../people/still-may.ts'
import type { LinkedAsked } from './asked.ts'
import { type TelegramVideo, markStarted } from '../videos.ts'

/** What it costs, and the most it may, in micro-dollars; rounded up to cents, since what is named is the limit. */
export interface AskedPrice {
  micros: number
  upToMicros: number
}

const microsPerCent = 10_000

/** What a video would cost; throws as its start would. */
export async function priceOf(
  { caller }: Pick<LinkedAsked, 'caller'>,
  video: TelegramVideo,
): Promise<AskedPrice> {
  const { usd, upToUsd } = await estimate(await bodyOf(video), caller)
  return { micros: wholeCents(usd), upToMicros: wholeCents(upToUsd) }
}

function wholeCents(usd: number) {
  return Math.ceil(microsOf(usd) / microsPerCent) * microsPerCent
}

/** What a video may cost without a question, whatever provider makes it in the end: as in the studio's chat. */
export function atOnceMicros() {
  return microsOf(env().CHAT_CONFIRM_ABOVE_USD)
}

/**
 * Starts the video of a chat, once. Its key is `telegram:<bot>:<chat>:<source>`, where the source is the message that asked
 * for it, or the message whose button did. Not the update's number: Telegram repeats an update under its own number, but
 * counts from another one after a week of silence, while a message keeps its number in its chat for ever; and a button
 * pressed twice sends two updates, but stands under one message. Keys are kept for a day; the row of the video marks the
 * start in the same transaction, so that what comes later finds it started, too.
 */
export async function startVideo(
  { bot, chatId, caller }: LinkedAsked,
  video: TelegramVideo,
  maxMicros: number,
): Promise<GenerationRow> {
  // A picture may have taken a while to come: who asked may have lost the right meanwhile.
  await assertStillMay(caller)
  return startGeneration({
    caller,
    body: { ...(await bodyOf(video)), maxUsd: usdOf(maxMicros) },
    idempotencyKey: `telegram:${bot.name}:${chatId}:${video.source}`,
    origin: { door: 'telegram', place: { bot: bot.name, chatId, videoId: video.id } },
    alongside: (tx, generationId) => markStarted(tx, video.id, generationId),
  })
}

/** A video as the start takes it. Another one of what there is takes over what was not chosen for it. */
async function bodyOf({ prompt, imageId, fromId, model, aspectRatio, ownerId }: TelegramVideo) {
  const from = fromId === null ? undefined : await findOwned(ownerId, fromId)
  const inputs = imageId === null ? undefined : { firstFrame: imageId }
  return {
    ...(from && settingsOf(from, from.model === model)),
    prompt,
    ...(model !== null && { model }),
    ...(aspectRatio !== null && { aspectRatio }),
    ...(inputs && { inputs }),
  }
}

/** What belongs to a model stays with it. */
function settingsOf({ settings }: GenerationRow, isSameModel: boolean) {
  const { negativePrompt, inputs, duration, resolution, generateAudio } = settings
  return {
    ...(inputs && { inputs }),
    ...(isSameModel && { duration, resolution, generateAudio, negativePrompt }),
  }
}
