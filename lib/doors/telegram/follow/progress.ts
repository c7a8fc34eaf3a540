import type { FileView } from '#lib/contract/file-view'
import type { ErrorCode } from '#lib/contract/problem'
import { formatOf } from '#lib/messages/format'
import type { Locale } from '#lib/messages/locales'
import { type MessageRef, type Sentence, message, ofKind } from '#lib/messages/message'
import { sayIn } from '#lib/messages/translate'
import { type Buttons, clipped, textMost } from '../chat/asked.ts'

/** A message about a video: its words, and the buttons under them. */
export interface VideoMessage {
  text: string
  buttons: Buttons
}

const quotedMost = 300

/**
 * What the chat shows of a video while it is made, and where it came to no video. What costs money or may have cost some has
 * no button that could cost it twice.
 */
export function progressOf(view: FileView, locale: Locale, studio: string | null): VideoMessage {
  const lines = [headOf(view), stateOf(view, locale), ...detailsOf(view)]
  return { text: inLines(lines, locale), buttons: buttonsOf(view, locale, studio) }
}

/** What is written under a finished video. */
export function captionOf(view: FileView, locale: Locale, most: number) {
  const facts = inLines([factsOf(view), paymentOf(view)].filter(isThere), locale)
  const prompt = clipped(view.settings.prompt, Math.max(1, most - facts.length - 2))
  return `${prompt}\n\n${facts}`
}

/** What can be made of a finished video. */
export function finishedButtons(view: FileView, locale: Locale): Buttons {
  if (view.type === 'image') return []
  const again = message('telegram.again', { price: { usd: view.cost.estimatedUsd } })
  const buttons = [{ text: sayIn(locale, again), callback_data: `g:again:${view.id}` }]
  if (view.settings.aspectRatio !== '9:16')
    buttons.push({
      text: sayIn(locale, message('telegram.vertical')),
      callback_data: `g:tall:${view.id}`,
    })
  return [buttons]
}

export function inLines(lines: readonly Sentence[], locale: Locale) {
  return clipped(lines.map((line) => sayIn(locale, line)).join('\n'), textMost)
}

function isThere<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined
}

function headOf({ settings }: FileView) {
  return message('telegram.quoted', { prompt: clipped(settings.prompt, quotedMost) })
}

function factsOf({ modelLabel, settings, isDemo }: FileView) {
  const { aspectRatio: format, duration } = settings
  const model = isDemo ? message('card.demoModel', { model: modelLabel }) : modelLabel
  return message('telegram.facts', { model, format, duration: { seconds: duration } })
}

function stateOf(view: FileView, locale: Locale) {
  const state = message(`card.state.${view.state}`)
  if (view.state === 'waiting' && view.progress !== null)
    return message('telegram.stateAt', {
      state,
      percent: formatOf(locale).rate(view.progress / 100),
    })
  if (view.state === 'queued' && view.queuePlace !== null && view.queuePlace > 1)
    return message('telegram.stateQueued', { state, place: view.queuePlace })
  return message('telegram.state', { state })
}

function detailsOf(view: FileView): Sentence[] {
  const { state, error, messageRef, isDelayed, isDemo } = view
  if (state === 'failed')
    return [
      error?.messageRef ?? error?.message ?? message('failure.general', { kind: view.type }),
      paymentOf(view),
      error && adviceFor(error.code, view.type),
    ].filter(isThere)
  if (state === 'canceled') return [paymentOf(view)].filter(isThere)
  if (state === 'submit_unknown')
    return [
      message('card.outcome.unknown', { provider: view.providerLabel, kind: view.type }),
      message('card.outcome.noRetry'),
      message('telegram.decide'),
    ]
  const delayed = message(isDemo ? 'card.delayed.demo' : 'card.delayed.paid')
  // That it is being saved, its state says.
  const waits = view.wait?.code === 'saving' ? null : messageRef
  return [factsOf(view), waits, isDelayed ? delayed : null].filter(isThere)
}

/** What it has cost its user, as far as that is known. Never "nothing" where something may have been charged. */
function paymentOf({ cost, status }: FileView): MessageRef | null {
  const { chargedUsd, returnedUsd, actualUsd, upToUsd } = cost
  if (upToUsd === 0) return null
  if (chargedUsd !== null && chargedUsd === 0)
    return message('card.payment.returned', { returned: { usd: returnedUsd ?? 0 } })
  if (chargedUsd !== null) return message('card.payment.charged', { charged: { usd: chargedUsd } })
  if (actualUsd === null) return message('card.cost.unknown')
  if (status === 'completed')
    return message('card.payment.charged', { charged: { usd: actualUsd } })
  return null
}

const changeThePrompt: ReadonlySet<ErrorCode> = new Set(['content_policy', 'invalid_input'])
const mayComeStill: ReadonlySet<ErrorCode> = new Set(['timeout', 'unknown_submit_outcome'])

function adviceFor(code: ErrorCode, type: FileView['type']) {
  if (code === 'content_policy') return message('telegram.advice.content_policy')
  if (changeThePrompt.has(code)) return message('telegram.advice.prompt')
  if (mayComeStill.has(code)) return ofKind(message('telegram.advice.mayCome'), type)
  return message('telegram.advice.again')
}

function buttonsOf(view: FileView, locale: Locale, studio: string | null): Buttons {
  const { id, state, error, canCancel, isBilledAnyway } = view
  const button = (name: MessageRef, data: string) => ({
    text: sayIn(locale, name),
    callback_data: `${data}:${id}`,
  })
  const open = studio ? [{ text: sayIn(locale, message('telegram.openStudio')), url: studio }] : []
  if (state === 'submit_unknown')
    return [[button(message('card.action.askProvider'), 'g:check'), ...open]]
  if (state === 'failed') {
    const isOver = error && view.cost.actualUsd !== null && !mayComeStill.has(error.code)
    const isSafe = isOver && !changeThePrompt.has(error.code)
    const price = { usd: view.cost.estimatedUsd }
    return isSafe ? [[button(message('telegram.again', { price }), 'g:again')]] : []
  }
  // What cannot be stopped for free is stopped in the studio, which says what it costs.
  if (canCancel && !isBilledAnyway) return [[button(message('card.action.cancel'), 'g:stop')]]
  return []
}
