import { type AspectRatio, aspectRatios, type ModelView } from '#lib/contract/model-view'
import { usdOf } from '#lib/contract/money'
import { message } from '#lib/messages/message'
import { sayIn } from '#lib/messages/translate'
import type { Locale } from '#lib/messages/locales'
import { findOwned } from '../../../generations/queries.ts'
import { AppError } from '../../../errors.ts'
import {
  type AskedContext,
  type Buttons,
  type LinkedAsked,
  answerButton,
  clipped,
  linkedAsked,
  tell,
} from './asked.ts'
import { firstChoice, fitting, modelsFor, shownModels, usualUsd } from './choices.ts'
import { unlessUnchanged } from '../faults.ts'
import { type AskedPrice, atOnceMicros, priceOf, startVideo } from './start-video.ts'
import {
  type TelegramVideo,
  changeVideo,
  chooseAgain,
  findVideoOf,
  openVideo,
  wakeMessageOf,
} from '../videos.ts'

const quotedMost = 300

interface NewVideo {
  source: string
  prompt: string | null
  imageId?: string | null
  picture?: { width: number; height: number }
}

/** The video that a message asks for, with the model and format it begins with. */
export async function openAsked(asked: LinkedAsked, { picture, ...values }: NewVideo) {
  const { bot, chatId, link, caller } = asked
  const models = await modelsFor(caller, { imageId: values.imageId ?? null })
  const { ownerId, userId } = caller
  const choice = firstChoice(models, link, picture)
  return openVideo({ bot: bot.name, chatId, ownerId, userId, ...values, ...choice })
}

/**
 * Starts a video that costs no more than needs no question, and asks for all others. Called again for the same one it
 * starts nothing more.
 */
export async function askOrStart(asked: LinkedAsked, video: TelegramVideo) {
  if (video.generationId !== null) return 'started already' as const
  const price = await priceOf(asked, video)
  if (price.micros <= atOnceMicros()) {
    await startVideo(asked, video, atOnceMicros())
    return 'started' as const
  }
  await ask(asked, video, price)
  return 'asked' as const
}

/** Shows the question with its price: a new message, or the one that shows it already. */
async function ask(asked: LinkedAsked, video: TelegramVideo, price: AskedPrice) {
  const { bot, chatId, caller, locale } = asked
  const models = await modelsFor(caller, video)
  const chosen = models.find(({ id }) => id === video.model)
  const sentence = questionOf(video, chosen, price)
  const buttons = questionButtons({ video, models, chosen, price, locale })
  await changeVideo(video.id, { askedMicros: price.upToMicros })
  if (video.messageId === null) {
    const { message_id: messageId } = await tell(asked, sentence, {
      buttons,
      to: messageNumber(video.source),
    })
    await changeVideo(video.id, { messageId })
    return
  }
  const text = sayIn(locale, sentence)
  await unlessUnchanged(() =>
    bot.api.editMessageText(chatId, video.messageId!, text, {
      reply_markup: { inline_keyboard: buttons },
    }),
  )
}

/** The user's message that asked for a video, to answer to; undefined where a button did. */
export function messageNumber(source: string) {
  const [, number] = /^message:(\d+)$/.exec(source) ?? []
  return number === undefined ? undefined : Number(number)
}

function questionOf(
  { prompt, aspectRatio }: TelegramVideo,
  chosen: ModelView | undefined,
  { micros, upToMicros }: AskedPrice,
) {
  const price = { usd: usdOf(micros) }
  return message(upToMicros > micros ? 'telegram.questionUpTo' : 'telegram.question', {
    prompt: clipped(prompt ?? '', quotedMost),
    model: chosen?.label ?? '',
    format: aspectRatio ?? '',
    price,
    ...(upToMicros > micros && { most: { usd: usdOf(upToMicros) } }),
  })
}

interface Shown {
  video: TelegramVideo
  models: readonly ModelView[]
  chosen: ModelView | undefined
  price: AskedPrice
  locale: Locale
}

/** Each button holds the revision of the question it stands under. */
function questionButtons({ video, models, chosen, price, locale }: Shown): Buttons {
  const { id, revision } = video
  const button = (text: string, action: string) => ({
    text,
    callback_data: `v:${id}:${revision}:${action}`,
  })
  const formats = (chosen?.supports.aspectRatios ?? []).map((ratio) =>
    button(ticked(ratio, ratio === video.aspectRatio), `f:${ratio}`),
  )
  const shown = shownModels(models, video.model).map((model) =>
    button(ticked(pricedName(model, locale), model.id === video.model), `m:${model.id}`),
  )
  const make = message('telegram.make', { price: { usd: usdOf(price.micros) } })
  return [
    formats,
    ...inPairs(shown),
    [button(sayIn(locale, make), 'go'), button(sayIn(locale, message('telegram.no')), 'no')],
  ].filter((row) => row.length > 0)
}

export function ticked(text: string, isChosen: boolean) {
  return isChosen ? `✓ ${text}` : text
}

export function pricedName(model: ModelView, locale: Locale) {
  const price = { usd: usualUsd(model) }
  if (model.isDemo) return sayIn(locale, message('telegram.modelDemo', { model: model.label }))
  return sayIn(locale, message('telegram.modelFor', { model: model.label, price }))
}

export function inPairs<T>(all: readonly T[]): T[][] {
  return all.flatMap((_, index) => (index % 2 === 0 ? [all.slice(index, index + 2)] : []))
}

/** A button under a question: another format or model, the start, or none. */
export async function pressQuestion(
  context: AskedContext,
  [id, revision, action, value]: [string, number, string, string],
) {
  const asked = await linkedAsked(context.asked)
  const { bot, chatId, caller } = asked
  const found = await findVideoOf(bot.name, chatId, id)
  if (!found || found.ownerId !== caller.ownerId || found.prompt === null)
    return answerButton(context, message('telegram.questionOver'))
  if (found.generationId !== null) {
    await wakeMessageOf(bot.name, chatId, found.generationId)
    return answerButton(context, message('telegram.startedAlready'))
  }
  const video = await onPressed(context, found)
  if (video.revision !== revision) {
    await ask(asked, video, await priceOf(asked, video))
    return answerButton(context, message('telegram.choiceChanged'))
  }
  if (action === 'no') return drop(context, video)
  if (action === 'go') {
    if (video.askedMicros === null) return answerButton(context, message('telegram.questionOver'))
    await startVideo(asked, video, video.askedMicros)
    return answerButton(context, message('telegram.starting'))
  }
  const changed = await chooseAgain(id, await choiceOf(asked, video, action, value))
  if (changed) await ask(asked, changed, await priceOf(asked, changed))
  return answerButton(context)
}

/** A question that was sent and not written down is known once it is pressed. */
async function onPressed(context: AskedContext, video: TelegramVideo) {
  const messageId = context.callbackQuery?.message?.message_id
  if (messageId === undefined || messageId === video.messageId) return video
  return (await changeVideo(video.id, { messageId })) ?? video
}

async function choiceOf(
  { caller }: LinkedAsked,
  video: TelegramVideo,
  action: string,
  value: string,
): Promise<Partial<Pick<TelegramVideo, 'model' | 'aspectRatio'>>> {
  const ratio = aspectRatios.find((one) => one === value)
  if (action === 'f') return ratio ? { aspectRatio: ratio } : {}
  const model = (await modelsFor(caller, video)).find(({ id }) => id === value)
  return model ? { model: model.id, aspectRatio: fitting(model, video.aspectRatio) } : {}
}

async function drop(context: AskedContext, { messageId }: TelegramVideo) {
  const { bot, chatId, locale } = context.asked
  if (messageId !== null)
    await unlessUnchanged(() =>
      bot.api.editMessageText(chatId, messageId, sayIn(locale, message('telegram.dropped'))),
    )
  await answerButton(context)
}

/**
 * Another of a video, or the same in another format. What asks for it is the message under which the button stands: the
 * button pressed twice is one video.
 */
export async function makeAnother(
  context: AskedContext,
  fileId: string,
  { name, aspectRatio }: { name: 'again' | 'tall'; aspectRatio?: AspectRatio },
) {
  const asked = await linkedAsked(context.asked)
  const { bot, chatId, caller } = asked
  const from = await findOwned(caller.ownerId, fileId)
  if (!from) throw new AppError('not_found', { userMessage: message('errors.not_found') })
  const pressed = context.callbackQuery?.message?.message_id ?? 0
  const { ownerId, userId } = caller
  const video = await openVideo({
    bot: bot.name,
    chatId,
    ownerId,
    userId,
    source: `${name}:${pressed}:${fileId}`,
    prompt: from.prompt,
    fromId: fileId,
    model: from.model,
    aspectRatio: aspectRatio ?? from.settings.aspectRatio,
  })
  const outcome = await askOrStart(asked, video)
  const words = {
    started: 'starting',
    asked: 'asked',
    'started already': 'startedAlready',
  } as const
  await answerButton(context, message(`telegram.${words[outcome]}`))
}
