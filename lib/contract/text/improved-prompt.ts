import type { Sentence } from '#lib/messages/message'
import { hasFields } from '../problem.ts'

/** `POST /api/prompt/improve`: what is to be improved. */
export interface ImproveRequest {
  prompt: string
  /** What is to be made of it. Default a video. */
  kind?: 'video' | 'image'
}

/** What it answers: a proposal, never a start. */
export interface ImprovedPrompt {
  /** The proposal; the prompt itself where there is nothing to add. */
  prompt: string
  /** Written by the language model of the chat, or by rules that only add to what was written. */
  by: 'model' | 'rules'
  /** Who wrote it and why, for the user. */
  note: Sentence
}

export function isImprovedPrompt(value: unknown): value is ImprovedPrompt {
  return hasFields(value, { prompt: 'string', by: 'string' })
}

/** A piece of a text, beside another one: in both, only in the new one, or only in the old one. */
export interface TextPiece {
  /** How many characters of both texts stand before it. */
  at: number
  text: string
  change: 'same' | 'added' | 'removed'
}

/** What a text became, word by word: the pieces of both in reading order, neighbours of one kind joined. */
export function compareTexts(before: string, after: string): TextPiece[] {
  const [old, fresh] = [partsOf(before), partsOf(after)]
  const common = longestCommon(old, fresh)
  const pieces: TextPiece[] = []
  let at = 0
  const add = (text: string, change: TextPiece['change']) => {
    const last = pieces.at(-1)
    if (last?.change === change) last.text += text
    else pieces.push({ at, text, change })
    at += text.length
  }
  let [left, right] = [0, 0]
  while (left < old.length || right < fresh.length) {
    if (left < old.length && right < fresh.length && old[left] === fresh[right]) {
      add(old[left++]!, 'same')
      right++
    } else if (
      left < old.length &&
      (common[left + 1]?.[right] ?? 0) >= (common[left]?.[right + 1] ?? 0)
    )
      add(old[left++]!, 'removed')
    else if (right < fresh.length) add(fresh[right++]!, 'added')
    else add(old[left++]!, 'removed')
  }
  return pieces
}

function partsOf(text: string) {
  return text.match(/\s+|[\p{L}\p{M}\p{N}’'-]+|[^\s\p{L}\p{M}\p{N}’'-]/gu) ?? []
}

/** Of every two ends of the lists, how many parts they have in common. */
function longestCommon(old: string[], fresh: string[]) {
  const table = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1))
  for (let left = old.length - 1; left >= 0; left--)
    for (let right = fresh.length - 1; right >= 0; right--)
      table[left]![right] =
        old[left] === fresh[right]
          ? table[left + 1]![right + 1]! + 1
          : Math.max(table[left + 1]![right]!, table[left]![right + 1]!)
  return table
}
