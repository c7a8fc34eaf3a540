import type { GenerateVideoOutput, InsteadOf, VideoBrief } from '#lib/contract/chat-tools'
import { beginningOf, lengthOf } from '#lib/contract/text/plain-text'
import type { Locale } from '#lib/messages/locales'
import { type MessageRef, type Sentence, message } from '#lib/messages/message'
import { sayIn } from '#lib/messages/translate'

// What the director says, as messages; the language is that of the user's own words, whatever the page is in.

const listedAtMost = 12

/** Sentences as words in a language, one after the other. */
export function inWords(locale: Locale, ...sentences: Sentence[]) {
  return sentences.map((sentence) => sayIn(locale, sentence)).join(' ')
}

/** That a video was started: what it is, who makes it, and what gave way to what its model can do. */
export function started(video: GenerateVideoOutput): MessageRef[] {
  const { seconds, aspectRatio: ratio, resolution, image } = video
  const facts = { video: nameOf(video), length: { seconds }, ratio, resolution }
  const key = video.kind === 'image' ? 'director.startedImage' : 'director.started'
  return [
    message(key, facts),
    ...(image ? [message('director.fromImage')] : []),
    ...madeBy(video),
    message('director.inCard'),
    ...closest(video),
  ]
}

/** The same of several at once. */
export function startedMany(count: number, video: GenerateVideoOutput): MessageRef[] {
  return [message('director.startedMany', { count, kind: kindOf(video) }), ...closest(video)]
}

export function shown(video: VideoBrief) {
  return message('director.shown', { video: nameOf(video), state: stateOf(video) })
}

/** Videos as a list in markdown, the last of them. */
export function listed(videos: VideoBrief[], locale: Locale) {
  const last = videos.slice(-listedAtMost)
  const [count, shown] = [videos.length, last.length]
  const total =
    count > shown
      ? message('director.listedLast', { count, shown })
      : message('director.listed', { count })
  const lines = last.map((video) => lineOf(video, locale))
  return `${sayIn(locale, total)}\n\n${lines.join('\n')}`
}

function lineOf(video: VideoBrief, locale: Locale) {
  const { number, prompt, seconds, aspectRatio: ratio } = video
  const facts = { prompt: short(prompt), length: { seconds }, ratio, state: stateOf(video) }
  const key = video.kind === 'image' ? 'director.lineImage' : 'director.line'
  const line = sayIn(locale, message(key, facts))
  return number === null ? `- ${line}` : `- **${number}.** ${line}`
}

/** A video by its number, or one of the library by its prompt. */
export function nameOf(video: VideoBrief) {
  const { number, prompt } = video
  const kind = kindOf(video)
  return number === null
    ? message('director.videoPrompt', { prompt: short(prompt), kind })
    : message('director.videoNumber', { number: String(number), kind })
}

function kindOf({ kind = 'video' }: VideoBrief) {
  return kind
}

function stateOf({ status }: VideoBrief) {
  return message(`director.state.${status}`)
}

/** Who makes it and for how much, where the user could not know: it costs something, or an image decided it. */
function madeBy({ model, costUsd, image }: VideoBrief) {
  if (costUsd > 0) return [message('director.madeFor', { model, price: { usd: costUsd } })]
  return image ? [message('director.madeBy', { model })] : []
}

/** What gave way to what the model can do; nothing where nothing did. */
function closest(video: GenerateVideoOutput) {
  const list = swapsOf(video, video.insteadOf ?? {})
  return list.length > 0 ? [message('director.closest', { swaps: { list } })] : []
}

function swapsOf(video: GenerateVideoOutput, asked: InsteadOf): MessageRef[] {
  const { seconds, resolution, model } = video
  const swap = (made: string | { seconds: number }, wanted: string | { seconds: number }) =>
    message('director.swap', { made, asked: wanted })
  const swaps = [
    asked.seconds && swap({ seconds }, { seconds: asked.seconds }),
    asked.resolution && swap(resolution, asked.resolution),
    asked.model && swap(model, asked.model),
    asked.sound === true && message('director.withoutSound'),
    asked.sound === false && message('director.withSound'),
    asked.negativePrompt && message('director.withoutNegative'),
  ]
  return swaps.filter((one) => typeof one === 'object')
}

/** A prompt short enough for a line, and without what markdown would read. */
function short(prompt: string) {
  const plain = prompt.replaceAll(/[*_`~[\]<>#|\\]/g, '').replaceAll(/\s+/gu, ' ')
  return lengthOf(plain) <= 60 ? plain : `${beginningOf(plain, 57)}…`
}
