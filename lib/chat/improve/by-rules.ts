import { createHash } from 'node:crypto'
import { lengthOf, promptMaxLength } from '#lib/contract/text/plain-text'
import type { Locale } from '#lib/messages/locales'
import { type MessageKey, message } from '#lib/messages/message'
import { sayIn } from '#lib/messages/translate'
import { spokenLanguage } from '../director/request.ts'

type Aspect = 'camera' | 'light' | 'motion' | 'lens'

// What says that a prompt speaks of it already.
const spoken: Record<Aspect, RegExp> = {
  camera:
    /camera|\bshots?\b|close-?up|\bpan(s|ning)?\b|zoom|dolly|tracking|handheld|orbit|aerial|drone|tilt|камер|план(ом|а|е)?(?!\p{L})|наезд|отъезд|пролет|пролёт|панорам|зум|съемк|съёмк|дрон|ракурс/iu,
  light:
    /light|lit\b|sun(ny|light|set|rise)?|shadow|glow|neon|backlit|golden hour|dusk|dawn|moon|candle|overcast|свет|солн|тень|тени|неон|закат|рассвет|сумер|лун[аыоену]|свеч|заря|пасмур/iu,
  motion:
    /slow(ly)?|fast|quick|run(s|ning)?\b|walk|move|moving|motion|drift|spin|turn|fl(y|ies|ying)|jump|danc|wave|медлен|быстр|беж|бег|ид[её]т|движ|плыв|лет[яи]|прыг|танц|кружит|вращ|развева/iu,
  lens: /close-?up|wide|portrait|macro|\d+ ?mm|lens|bokeh|depth of field|composition|framing|крупн|макро|портрет|объектив|боке|композиц|глубин/iu,
}

const aspectsOf = {
  video: ['camera', 'motion', 'light'],
  image: ['lens', 'light'],
} as const satisfies Record<string, readonly Aspect[]>

const choices: Record<Aspect, readonly MessageKey[]> = {
  camera: ['promptParts.camera.pushIn', 'promptParts.camera.track', 'promptParts.camera.still'],
  light: ['promptParts.light.soft', 'promptParts.light.low', 'promptParts.light.side'],
  motion: ['promptParts.motion.calm', 'promptParts.motion.air', 'promptParts.motion.detail'],
  lens: ['promptParts.lens.shallow', 'promptParts.lens.wide', 'promptParts.lens.close'],
}

/**
 * The prompt with a sentence for each thing it does not speak of: camera, motion, light. What was written stays as it is,
 * and the same prompt gets the same sentences. Null where nothing is missing, or where there is no room.
 */
export function addByRules(prompt: string, kind: 'video' | 'image'): string | null {
  const language = spokenLanguage([prompt])
  const missing = aspectsOf[kind].filter((aspect) => !spoken[aspect].test(prompt))
  let improved = prompt.trim()
  for (const aspect of missing) {
    const longer = `${ended(improved)} ${sentenceFor(aspect, prompt, language)}`
    if (lengthOf(longer) <= promptMaxLength) improved = longer
  }
  return improved === prompt.trim() ? null : improved
}

function sentenceFor(aspect: Aspect, prompt: string, language: Locale) {
  const [byte] = createHash('sha256').update(`${aspect} ${prompt}`).digest()
  const options = choices[aspect]
  return sayIn(language, message(options[byte! % options.length]!))
}

/** A text that another sentence can follow. */
function ended(text: string) {
  return /[.!?…;:,"”»)]$/u.test(text) ? text : `${text}.`
}
