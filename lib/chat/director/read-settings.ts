import { type ChatRatio, chatRatios } from '#lib/contract/chat-tools'
import { resolutions } from '#lib/contract/model-view'
import { readModel } from './read-model.ts'
import type { Settings } from './request.ts'
import {
  anyOf,
  bordered,
  doubtfulRatioWords,
  hasWord,
  isOnly,
  longerWords,
  numberWords,
  ratioWords,
  resolutionWords,
  secondWords,
  shorterWords,
  videoNouns,
  without,
  withoutMatch,
} from './vocabulary.ts'

const ratios = Object.keys(chatRatios) as ChatRatio[]
const anyNumber = anyOf(Object.values(numberWords).flat())
const secondsPattern = bordered(
  String.raw`(?:(?:for|of|to|at|на|до|в|по)\s+)?(\d{1,3}|${anyNumber})[\s-]*(?:${anyOf(secondWords)})(?:\s+(?:long|length|длиной))?`,
)
const formatTail = String.raw`(?:\s+(?:format|version|orientation|mode|формат\p{L}*|версию|виде))?`

/** Takes the settings out of a text; what is left is about the picture. */
export function readSettings(text: string): { settings: Settings; rest: string } {
  // First: "Veo 3.1" holds numbers.
  const { model, rest: unnamed } = readModel(text)
  const settings: Settings = model ? { model } : {}
  let rest = unnamed
  const take = (pattern: RegExp) => {
    const match = pattern.exec(rest)
    if (match) rest = withoutMatch(rest, match)
    return match
  }
  const seconds = take(secondsPattern)
  if (seconds) settings.seconds = numberOf(seconds[1]!)
  for (const ratio of ratios) if (take(formatPattern(ratio))) settings.ratio ??= ratio
  settings.ratio ??= doubtfulRatio(rest, (pattern) => take(pattern) !== null)
  // "Full HD" before "HD".
  for (const resolution of resolutions.toReversed())
    if (take(bordered(`(?:in )?${anyOf(resolutionWords[resolution])}`)))
      settings.resolution ??= resolution
  if (hasWord(rest, longerWords)) settings.length = 'longer'
  else if (hasWord(rest, shorterWords)) settings.length = 'shorter'
  if (settings.length) rest = without(without(rest, longerWords), shorterWords)
  return { settings: withoutAbsent(settings), rest: rest.trim() }
}

function formatPattern(ratio: ChatRatio) {
  return bordered(
    String.raw`(?:(?:in|into|to|for|в|для)\s+)?${anyOf(ratioWords[ratio])}${formatTail}`,
  )
}

/** A square may be a format or a place: it is a format beside the word for a video, or as a remark of its own. */
function doubtfulRatio(rest: string, take: (pattern: RegExp) => boolean): ChatRatio | undefined {
  const nouns = anyOf(videoNouns)
  for (const ratio of ratios) {
    const words = anyOf(doubtfulRatioWords[ratio])
    if (take(bordered(String.raw`${words}(?=[\s-]+${nouns})`))) return ratio
    if (
      take(
        bordered(
          String.raw`(?<=(?:it|this|that|them|его|её|ее|это)\s+)(?:into |to |in )?(?:a )?${words}`,
        ),
      )
    )
      return ratio
    const remark = rest
      .split(/[,;.!]|\s(?:and|и|but|но)\s/u)
      .find(
        (piece) =>
          piece.trim() && isOnly(piece, [...doubtfulRatioWords[ratio], 'a', 'now', 'please']),
      )
    if (remark && take(bordered(words))) return ratio
  }
  return undefined
}

/** A number in digits or in words; 1 where it is neither. */
export function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const known = Object.entries(numberWords).find(([, words]) => isOnly(text, words))
  return known ? Number(known[0]) : 1
}

function withoutAbsent(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
}
