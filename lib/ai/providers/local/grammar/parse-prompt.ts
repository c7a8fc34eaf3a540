import { createRandom, type Random } from '../random.ts'
import {
  cameraWords,
  colorWords,
  createWordMatcher,
  elementWords,
  negatingWords,
  outWords,
  timeWords,
  wordsOf,
} from './vocabulary.ts'
import {
  type CameraMove,
  cameraMoves,
  type SceneElement,
  type ScenePlan,
  sceneElements,
  type TimeOfDay,
  timesOfDay,
} from './scene-plan.ts'

const isElement = matchersOf(elementWords)
const isTime = matchersOf(timeWords)
const isCamera = matchersOf(cameraWords)
const isColor = matchersOf(colorWords)
const isOut = createWordMatcher(outWords)
const isNegating = createWordMatcher(negatingWords)

/** How many words a "no" or a "without" covers. Ends early with the first known word. */
const reachOfNegation = 2
const maxTints = 3

/**
 * Plans a film from a prompt in English or Russian. Accepts any text and never throws; a prompt without a known word
 * becomes an abstract film seeded by the text. What the negative prompt names is left out.
 */
export function parsePrompt(
  prompt: string,
  negativePrompt: string | null,
  seed: number,
): ScenePlan {
  const { wanted, unwanted } = splitByNegation(wordsOf(prompt))
  const excluded = [...unwanted, ...wordsOf(negativePrompt ?? '')]
  const names = (words: string[], element: SceneElement) => words.some(isElement[element])
  const key = [wordsOf(prompt).join(' '), excluded.join(' '), seed].join('|')
  const random = createRandom(key, 'plan')
  const named = sceneElements.filter(
    (element) => names(wanted, element) && !names(excluded, element),
  )
  const namedTime = firstNamed(wanted, timesOfDay, isTime)
  const tints = tintsOf(wanted).filter((tint) => !excluded.some(isColor[tint]!))
  const elements = completed(named, namedTime !== null, (element) => names(excluded, element))
  return {
    elements,
    time: namedTime ?? usualTime(elements, random),
    camera: cameraOf(wanted) ?? usualCamera(random),
    tints,
    key,
  }
}

function matchersOf<Name extends string>(words: Record<Name, string>) {
  const entries = Object.entries<string>(words).map(([name, notation]) => [
    name,
    createWordMatcher(notation),
  ])
  return Object.fromEntries(entries) as Record<Name, (word: string) => boolean>
}

function splitByNegation(words: string[]) {
  const wanted: string[] = []
  const unwanted: string[] = []
  let reach = 0
  for (const word of words) {
    if (isNegating(word)) reach = reachOfNegation
    else if (reach > 0) {
      unwanted.push(word)
      reach = isKnown(word) ? 0 : reach - 1
    } else wanted.push(word)
  }
  return { wanted, unwanted }
}

function isKnown(word: string) {
  return [...Object.values(isElement), ...Object.values(isColor)].some((matches) => matches(word))
}

function firstNamed<Name extends string>(
  words: string[],
  names: readonly Name[],
  matchers: Record<Name, (word: string) => boolean>,
): Name | null {
  for (const word of words) {
    const name = names.find((candidate) => matchers[candidate](word))
    if (name !== undefined) return name
  }
  return null
}

function cameraOf(words: string[]): CameraMove | null {
  const move = firstNamed(words, cameraMoves, isCamera)
  return move === 'zoom-in' && words.some(isOut) ? 'zoom-out' : move
}

function tintsOf(words: string[]) {
  const found = words.flatMap((word) =>
    Object.keys(colorWords).filter((hex) => isColor[hex]!(word)),
  )
  return [...new Set(found)].slice(0, maxTints)
}

/** Adds a ground to weather and clouds to a sky; a prompt that names nothing becomes abstract. */
function completed(
  named: SceneElement[],
  hasTime: boolean,
  isExcluded: (element: SceneElement) => boolean,
): SceneElement[] {
  if (named.includes('abstract') || (named.length === 0 && !hasTime)) return ['abstract']
  const elements = new Set<SceneElement>(named)
  const grounds: SceneElement[] = ['mountains', 'desert', 'ocean', 'city', 'forest', 'space']
  if (!grounds.some((ground) => elements.has(ground))) {
    const usual = (['mountains', 'forest', 'ocean'] as const).filter(
      (ground) => !isExcluded(ground),
    )
    for (const ground of usual.slice(0, 2)) elements.add(ground)
    if (usual.length === 0) elements.add('space')
  }
  const isOnlySpace =
    elements.has('space') && grounds.filter((ground) => elements.has(ground)).length === 1
  // Clouds would hide the stars or the aurora.
  const isClear = isOnlySpace || elements.has('aurora')
  if (!isClear && !isExcluded('clouds')) elements.add('clouds')
  return sceneElements.filter((element) => elements.has(element))
}

function usualTime(elements: SceneElement[], random: Random): TimeOfDay {
  const has = (element: SceneElement) => elements.includes(element)
  if (has('space') || has('aurora')) return 'night'
  const usual: TimeOfDay[] = has('city')
    ? ['night', 'night', 'sunset', 'dawn']
    : ['day', 'sunset', 'dawn', 'day']
  return usual[Math.floor(random() * usual.length)]!
}

function usualCamera(random: Random): CameraMove {
  const usual: CameraMove[] = ['pan', 'zoom-in', 'orbit', 'zoom-in']
  return usual[Math.floor(random() * usual.length)]!
}
