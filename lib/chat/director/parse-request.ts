import { type DirectorRequest, type Target, spokenLanguage } from './request.ts'
import { numberOf, readSettings } from './read-settings.ts'
import { readDescribed, readImageTarget, readTarget } from './read-pointers.ts'
import {
  anyOf,
  bordered,
  cancelVerbs,
  changeOpeners,
  changeVerbs,
  drawVerbs,
  fillers,
  greetings,
  hasWord,
  isOnly,
  libraryWords,
  listPhrases,
  makeVerbs,
  moments,
  numberWords,
  openVerbs,
  showVerbs,
  stillNouns,
  thanks,
  varyWords,
  videoNouns,
  whoPhrases,
  without,
} from './vocabulary.ts'

const readAtMost = 4_000
const countAtMost = 4
const nouns = anyOf(videoNouns)
const numbers = anyOf(Object.values(numberWords).flat())
const countPattern = bordered(
  String.raw`([2-9]|${numbers})\s+(?:more\s+|new\s+|different\s+|нов\p{L}+\s+)?(?:${nouns}|variations?|versions?|variants?|вариа\p{L}+|верси\p{L}+)`,
)
const article = String.raw`(?:(?:an?|the|some|another|new|short|нов\p{L}+|коротк\p{L}+|ещ[её])\s+)*`
const join = String.raw`(?:\s+(?:of|about|showing|with|that shows|where|in which|про|о|об|с|со|где|на котор\p{L}+|в котор\p{L}+))?`
const describedPattern = new RegExp(
  String.raw`^((?:the|то|тот|та|ту)\s+${nouns}?\s*(?:with|where|of|about|с|со|где|про)\s+.+?)(?:,|\s(?=(?:but|но|only|только)\s))\s*(?:(?:but|но|only|только)\s+)?(.+)$`,
  'iu',
)
const command = new RegExp(
  String.raw`^[\s,]*(?:${anyOf(makeVerbs)}(?![\p{L}\p{N}])\s*)?(?:(?:me|us|мне|нам)\s+)?${article}(?:${nouns}(?![\p{L}\p{N}])${join}(?![\p{L}\p{N}]))?\s*(?:an?\s+(?=\p{L}))?`,
  'iu',
)

/** What a user wants. Understands what it can, never throws, and says `unclear` rather than guessing at nothing. */
export function parseRequest(input: string): DirectorRequest {
  const text = input.slice(0, readAtMost).replaceAll(/\s+/gu, ' ').trim()
  const blank = {
    language: spokenLanguage([text]),
    target: undefined,
    image: undefined,
    settings: {},
    scene: '',
    count: 1,
    wantsVideo: hasWord(text, videoNouns),
    wantsImage: false,
    isLibrary: hasWord(text, libraryWords),
  }
  const talk = smallTalk(text)
  if (talk) return { ...blank, act: talk }
  const { image, rest: told } = readImageTarget(stripFillers(text))
  const { wantsImage, rest: bare } = image ? { wantsImage: false, rest: told } : readStill(told)
  const base = { ...blank, image, wantsImage }
  const pointed = readTarget(bare)
  const target = pointed.target ?? readDescribed(bare)
  if (begins(bare, cancelVerbs) && !/^stop[ -]motion/iu.test(bare))
    return { ...base, act: 'cancel', target }
  if (isList(bare)) return { ...base, act: 'list' }
  if (begins(bare, showVerbs) && target) return { ...base, act: 'show', target }
  if (begins(bare, openVerbs)) return { ...base, act: 'show', target: namedIn(bare) }
  if (isQuestion(bare)) return { ...base, act: 'unclear' }
  const request = describedChange(bare, base) ?? aboutPicture(bare, base)
  // An image is something to be seen.
  return image && request.act === 'unclear' ? { ...request, act: 'make' } : request
}

const still = anyOf(stillNouns)
const draw = anyOf(drawVerbs)
const kindOf = String.raw`(?:(?:an?|another|one|some|\d|${numbers}|ещ[её])\s+)?(?:\p{L}+\s+)?`
const says = String.raw`(?=\s*:|\s+(?:of|about|showing|with|where|про|о|об|с|со|где|на котор\p{L}+)\s)`
const verb = String.raw`${anyOf(makeVerbs)}(?![\p{L}\p{N}])\s*(?:(?:me|us|мне|нам)\s+)?`
// "Make a picture", "a picture of a fox". "The picture on the wall" is a part of a scene.
const askedStill = new RegExp(
  String.raw`^(${verb}(?:the\s+)?${kindOf}|${kindOf}(?=${still}${says}))(${still})(?![\p{L}\p{N}])`,
  'iu',
)
const drawn = new RegExp(String.raw`^${draw}(?![\p{L}\p{N}])`, 'iu')

/**
 * Whether a picture is to be made: "a picture of a fox", "draw a fox". The word for it becomes one for a video, which
 * the rest is read for.
 */
function readStill(text: string): { wantsImage: boolean; rest: string } {
  const noun = askedStill.exec(text)
  if (noun) {
    const clip = /\p{Script=Cyrillic}/u.test(noun[2]!) ? 'ролик' : 'clip'
    return { wantsImage: true, rest: `${noun[1]}${clip}${text.slice(noun[0].length)}` }
  }
  const isDrawn = drawn.test(text) && !bordered(nouns).test(text.slice(0, 60))
  return { wantsImage: isDrawn, rest: text }
}

function smallTalk(text: string): 'who' | 'greet' | 'thank' | 'unclear' | undefined {
  if (!/\p{L}/u.test(text)) return 'unclear'
  if (hasWord(text, whoPhrases) && text.length < 80) return 'who'
  if (isOnly(text, [...greetings, ...fillers])) return 'greet'
  if (isOnly(text, [...thanks, ...fillers])) return 'thank'
  return undefined
}

function isList(text: string) {
  const isShort = text.split(' ').length <= 9
  return isShort && hasWord(text, listPhrases) && !hasWord(text, ['of', 'about', 'про'])
}

/** The video of "open the cat video". */
function namedIn(text: string): Target | undefined {
  const words = without(without(text, openVerbs), [...videoNouns, 'the', 'me'])
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2)
  return words.length > 0 ? { kind: 'words', words } : undefined
}

/** "The one with the cat, but at night". */
function describedChange(text: string, base: Omit<DirectorRequest, 'act'>) {
  const [, described, change] = describedPattern.exec(text) ?? []
  const target = described && readDescribed(described)
  if (!target || !change) return undefined
  const { settings, rest } = readSettings(change)
  return { ...base, act: 'change' as const, target, settings, scene: sceneOf(rest) }
}

/** A request that is about a picture: a new one, another one like it, or a change to one that is there. */
function aboutPicture(text: string, base: Omit<DirectorRequest, 'act'>): DirectorRequest {
  const count = countIn(text)
  const { settings, rest } = readSettings(text)
  const { target, rest: unpointed } = readTarget(rest)
  const isNew = isForNew(rest)
  if (!isNew && isChange(rest, target !== undefined, settings)) {
    const scene = sceneOf(withoutChangeWords(unpointed))
    const isVary = hasWord(text, varyWords) && sceneOf(without(scene, varyWords)) === ''
    if (isVary) return { ...base, act: 'vary', target, settings, count }
    return { ...base, act: 'change', target, settings, scene, count }
  }
  if (hasWord(rest, varyWords) && !isNew && sceneOf(without(rest, varyWords)).split(' ').length < 3)
    return { ...base, act: 'vary', target, settings, count }
  const scene = sceneOf(count > 1 ? rest.replace(countPattern, (found) => keepNoun(found)) : rest)
  // A picture may be of one thing: "draw a fox".
  const isScene = scene.split(' ').length >= 2 || isNew || base.wantsImage
  const act = isScene && /\p{L}{2}/u.test(scene) && !isQuestion(text) ? 'make' : 'unclear'
  return { ...base, act, settings, scene, count }
}

/** A video that is not there yet: "make a video of", "another clip about". */
function isForNew(text: string) {
  const kind = String.raw`(?:an?|another|new|some|\d|${numbers}|ещ[её]|нов\p{L}+)`
  const says = String.raw`(?:of|about|showing|with|where|про|о|об|с|со|где)`
  return (
    bordered(String.raw`${kind}\s+(?:\p{L}+\s+){0,3}${nouns}\s+${says}`).test(text) ||
    bordered(String.raw`^(?:\p{L}+\s+){0,3}${nouns}\s+${says}`).test(text) ||
    bordered(String.raw`^${anyOf(makeVerbs)}\s+(?:me\s+|мне\s+)?(?:${nouns}|an?\s|про\s)`).test(
      text,
    )
  )
}

function isChange(text: string, isPointed: boolean, settings: DirectorRequest['settings']) {
  if (begins(text, changeVerbs) || begins(text, changeOpeners)) return true
  if (isPointed && !bordered(String.raw`${nouns}\s+(?:of|about|про)`).test(text)) return true
  const attributes = Object.values(moments).flatMap((moment) => moment.attributes)
  const said = sceneOf(withoutChangeWords(text))
  const isAttribute =
    said !== '' && isOnly(said, [...attributes, 'and', 'и', 'but', 'но', 'in', 'в'])
  const isSetting = said === '' && Object.keys(settings).length > 0 && !hasWord(text, videoNouns)
  return isAttribute || isSetting
}

function withoutChangeWords(text: string) {
  const opener = new RegExp(
    String.raw`^[\s,]*(?:(?:${anyOf([...changeOpeners, ...fillers])})(?![\p{L}\p{N}])[\s,]*)*(?:(?:${anyOf([...makeVerbs, 'turn', 'convert', 'change', 'redo', 'remake', 'edit', 'переделай*', 'измени*'])})(?![\p{L}\p{N}])[\s,]*)?`,
    'iu',
  )
  return text
    .replace(opener, '')
    .replace(/^(?:(?:but|now|only|just|into|to|но|только|теперь|в)(?![\p{L}\p{N}])[\s,]*)+/iu, '')
}

/** The scene alone: without command, politeness and loose ends. */
function sceneOf(text: string) {
  return text
    .replace(command, '')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/\s+([,.;!?])/gu, '$1')
    .replaceAll(/([,;])(?:\s*[,;.])+/gu, '$1')
    .replace(/^(?:[\s,.;:!?-]|(?:and|but|и|но)\s)+/iu, '')
    .replace(/(?:[\s,.;:!?-]|\s(?:and|but|in|at|и|но|в|на|please|пожалуйста))+$/iu, '')
    .trim()
}

function countIn(text: string) {
  const match = countPattern.exec(text)
  return match ? Math.min(countAtMost, Math.max(1, numberOf(match[1]!.toLowerCase()))) : 1
}

function keepNoun(found: string) {
  return found.replace(/^\S+\s+/u, '')
}

function stripFillers(text: string) {
  return text.replace(
    new RegExp(String.raw`^(?:(?:${anyOf(fillers)})(?![\p{L}\p{N}])[\s,!.]*)+`, 'iu'),
    (found) => (/now|теперь/iu.test(found) ? 'now ' : ''),
  )
}

function begins(text: string, entries: readonly string[]) {
  return new RegExp(String.raw`^${anyOf(entries)}(?![\p{L}\p{N}])`, 'iu').test(text)
}

function isQuestion(text: string) {
  return (
    text.endsWith('?') &&
    /^(?:why|how|what|when|where|who|is|are|do|does|почему|как|что|когда|где|кто|ты|вы)(?!\p{L})/iu.test(
      text,
    )
  )
}
