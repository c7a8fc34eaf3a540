import type { GenerateVideoOutput } from '#lib/contract/chat-tools'
import type { Language } from './request.ts'

const words = {
  en: {
    nearest: 'The nearest there is',
    insteadOf: 'instead of',
    s: 's',
    sound: 'with sound',
    silence: 'without sound',
    negative: 'without the words of what not to show',
  },
  ru: {
    nearest: 'Ближайшее из возможного',
    insteadOf: 'вместо',
    s: 'с',
    sound: 'со звуком',
    silence: 'без звука',
    negative: 'без слов о том, чего не показывать',
  },
}

/** What gave way to what the model can do, as a sentence; nothing where nothing did. */
export function insteadWords(video: GenerateVideoOutput, language: Language) {
  const { insteadOf = {}, seconds, resolution, model } = video
  const speech = words[language]
  const swap = (now: string, wished: string) => `${now} ${speech.insteadOf} ${wished}`
  const swaps = [
    insteadOf.seconds && swap(`${seconds} ${speech.s}`, `${insteadOf.seconds} ${speech.s}`),
    insteadOf.resolution && swap(resolution, insteadOf.resolution),
    insteadOf.model && swap(model, insteadOf.model),
    insteadOf.sound !== undefined && (insteadOf.sound ? speech.silence : speech.sound),
    insteadOf.negativePrompt && speech.negative,
  ].filter(Boolean)
  return swaps.length > 0 ? `${speech.nearest}: ${swaps.join(', ')}.` : ''
}
