import type { Sentence } from '#lib/messages/message'
import { inEnglish } from '#lib/messages/translate'

/** Stands for a message in an expected value: one that says these words in English. */
export function says(words: string | RegExp): unknown {
  const isSaid = (said: string) => (typeof words === 'string' ? said === words : words.test(said))
  return {
    asymmetricMatch: (sentence: Sentence) => isSaid(inEnglish(sentence)),
    toString: () => `says ${String(words)}`,
    toAsymmetricMatcher: () => `says ${String(words)}`,
  }
}
