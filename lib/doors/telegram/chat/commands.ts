import { aspectRatios } from '#lib/contract/model-view'
import { usdOf } from '#lib/contract/money'
import { isLocale, localeNames, locales } from '#lib/messages/locales'
import { type Sentence, message } from '#lib/messages/message'
import { sayIn } from '#lib/messages/translate'
import { env } from '../../../env.ts'
import { studioAddress } from '../../../people/studio-address.ts'
import { billingOf } from '../../../money/billing.ts'
import { limitStates } from '../../../money/limits.ts'
import { scopesOf, spentThisMonth } from '../../../money/spending.ts'
import {
  type Asked,
  type AskedContext,
  type Buttons,
  type LinkedAsked,
  answerButton,
  linkedAsked,
  tell,
} from './asked.ts'
import { modelsFor, shownModels } from './choices.ts'
import { faultOf, unlessUnchanged } from '../faults.ts'
import { type Linking, countedVideos, linkByCode } from '../link-by-code.ts'
import { type TelegramLink, changeLink, unlink } from '../links.ts'
import { inPairs, pricedName, ticked } from './questions.ts'

/** `/start <code>` links the chat; alone it says how. */
export async function start(context: AskedContext) {
  const { asked } = context
  const code = String(context.match ?? '').trim()
  if (code === '') return asked.link ? help(context) : tell(asked, howToLink())
  const outcome = await linkByCode(code, writerOf(context))
  if (typeof outcome !== 'object' || !('wouldMove' in outcome))
    return tell(asked, await wordsOf(asked, outcome))
  const { videos, usd, name } = outcome.wouldMove
  const moving = {
    videos,
    atMost: videos === countedVideos ? 'more' : 'all',
    billed: usd === null ? 'no' : 'yes',
    credits: { usd: usd ?? 0 },
  }
  const move = sayIn(asked.locale, message('telegram.move.confirm', moving))
  const no = sayIn(asked.locale, message('telegram.no'))
  const buttons = [
    [{ text: move, callback_data: `link:${code}` }],
    [{ text: no, callback_data: 'link:no' }],
  ]
  return tell(asked, message('telegram.move.question', { ...moving, name }), { buttons })
}

/** The chat's own account may move: the button under the question that `start` asks. */
export async function pressLink(context: AskedContext, code: string) {
  const { asked } = context
  if (code === 'no') return answerUnder(context, message('telegram.move.dropped'))
  const outcome = await linkByCode(code, writerOf(context), { mayMove: true })
  const isOld = typeof outcome === 'object' && 'userId' in outcome && isSame(outcome, asked.link)
  const words = await wordsOf(asked, outcome)
  return answerUnder(context, words, isOld ? message('telegram.move.already') : undefined)
}

function isSame(link: TelegramLink, before: TelegramLink | undefined) {
  return before?.userId === link.userId && before.ownerId === link.ownerId
}

/** In place of a question and its buttons; below it where Telegram refuses to change it. */
async function answerUnder(context: AskedContext, sentence: Sentence, toast?: Sentence) {
  try {
    await unlessUnchanged(() => context.editMessageText(sayIn(context.asked.locale, sentence)))
  } catch (error) {
    if (faultOf(error)?.kind !== 'gone') throw error
    await tell(context.asked, sentence)
  }
  return answerButton(context, toast)
}

function writerOf({ asked: { bot, chatId, locale }, from }: AskedContext) {
  return { bot: bot.name, telegramId: chatId, username: from?.username ?? null, locale }
}

async function wordsOf(asked: Asked, outcome: Linking) {
  if (outcome === 'linked to another') return message('telegram.linkedToOther')
  if (!outcome || !('userId' in outcome))
    return message('telegram.codeInvalid', { address: linkingAddress() })
  const { name } = await linkedAsked({ ...asked, link: outcome })
  return message('telegram.linked', { name })
}

/** How a chat is linked, for one that is not. */
export function howToLink() {
  return message('telegram.howToLink', { address: linkingAddress() })
}

function linkingAddress() {
  return `${studioAddress()}/account/notices`
}

export async function help({ asked }: AskedContext) {
  if (!asked.link) return tell(asked, howToLink())
  const limit = env().CHAT_CONFIRM_ABOVE_USD
  return tell(asked, message('telegram.help', { limit: { usd: limit } }))
}

/** Credits where starts need them; else what this month has cost, and the limits. */
export async function balance(context: AskedContext) {
  const asked = await linkedAsked(context.asked)
  const { caller, name } = asked
  const { balance: credits } = await billingOf(caller.ownerId)
  const sentences: Sentence[] = [message('telegram.account', { name })]
  if (credits)
    sentences.push(
      message('telegram.credits', {
        available: { usd: credits.availableUsd },
        held: { usd: credits.heldUsd },
      }),
    )
  sentences.push(...(await spendingOf(asked)))
  return tell(asked, sentences.map((one) => sayIn(asked.locale, one)).join('\n'))
}

async function spendingOf({ caller }: LinkedAsked): Promise<Sentence[]> {
  const now = new Date()
  // The installation's own figures are for those who run it.
  const scopes = scopesOf(caller).slice(0, -1)
  const [own] = scopes
  const spent = own === undefined ? 0 : await spentThisMonth(own, now)
  const states = await limitStates(scopes, now)
  return [
    message('telegram.spent', { spent: { usd: usdOf(spent) } }),
    ...states.map(({ period, limitMicros, spentMicros }) =>
      message('telegram.limit', {
        period,
        limit: { usd: usdOf(limitMicros) },
        left: { usd: usdOf(Math.max(0, limitMicros - spentMicros)) },
      }),
    ),
  ]
}

export async function language({ asked }: AskedContext) {
  const row = locales.map((one) => ({ text: localeNames[one], callback_data: `lang:${one}` }))
  return tell(asked, message('telegram.chooseLanguage'), { buttons: [row] })
}

export async function pressLanguage(context: AskedContext, given: string) {
  const { asked } = context
  if (!isLocale(given) || !asked.link) return answerButton(context, howToLink())
  await changeLink(asked.link, { locale: given })
  asked.locale = given
  await context.editMessageText(sayIn(given, message('telegram.languageSet'))).catch(() => {})
  return answerButton(context)
}

/** Format and model of the videos to come. */
export async function settings(context: AskedContext) {
  const asked = await linkedAsked(context.asked)
  return tell(asked, message('telegram.settings'), { buttons: await settingsButtons(asked) })
}

async function settingsButtons({ caller, link, locale }: LinkedAsked): Promise<Buttons> {
  const models = await modelsFor(caller, { imageId: null })
  const { model, aspectRatio } = link.settings
  const formats = aspectRatios.map((ratio) => ({
    text: ticked(ratio, ratio === aspectRatio),
    callback_data: `set:f:${ratio}`,
  }))
  const shown = shownModels(models, typeof model === 'string' ? model : null)
  const buttons = shown.map((one) => ({
    text: ticked(pricedName(one, locale), one.id === model),
    callback_data: `set:m:${one.id}`,
  }))
  return [formats, ...inPairs(buttons)]
}

export async function pressSettings(context: AskedContext, name: string, value: string) {
  const asked = await linkedAsked(context.asked)
  const { link } = asked
  const changed = { ...link.settings, [name === 'm' ? 'model' : 'aspectRatio']: value }
  await changeLink(link, { settings: changed })
  const buttons = await settingsButtons({ ...asked, link: { ...link, settings: changed } })
  await unlessUnchanged(() =>
    context.editMessageReplyMarkup({ reply_markup: { inline_keyboard: buttons } }),
  )
  return answerButton(context, message('telegram.settingsSaved'))
}

/** The chat is no way into the account any more. */
export async function unlinkChat({ asked }: AskedContext) {
  const { bot, chatId } = asked
  const isGone = await unlink(bot.name, chatId)
  return tell(asked, isGone ? message('telegram.unlinked') : howToLink())
}

/** What Telegram shows as the bot's commands. */
export const commandNames = ['help', 'balance', 'settings', 'language', 'unlink'] as const

/** A bot is for one person: in a group everyone there would spend one account's money. */
export async function inGroup({ bot, chatId, locale }: Asked) {
  return tell({ bot, chatId, locale }, message('telegram.privateOnly'))
}
