import type { ChatRatio } from '#lib/contract/chat-tools'
import type { Resolution } from '#lib/contract/model-view'
import type { Locale } from '#lib/messages/locales'
import type { NamedModel } from './read-model.ts'

/** What the director may ask. A message that answers goes on from the one before the question. */
export const questions = ['askScene', 'askMotion', 'askImage'] as const
export type Question = (typeof questions)[number]

// A name or a line on a sign is quoted, whatever language is spoken.
const quoted = /["“„«][^"“”„«»]*["”»]/gu

/** The language a user speaks: that of the newest of these texts that has letters. */
export function spokenLanguage(newestFirst: readonly string[]): Locale {
  const said = newestFirst.find((text) => /\p{L}/u.test(text)) ?? ''
  const bare = said.replaceAll(quoted, '')
  return /\p{Script=Cyrillic}/u.test(/\p{L}/u.test(bare) ? bare : said) ? 'ru' : 'en'
}

/** Which video is meant. */
export type Target =
  | { kind: 'last' }
  | { kind: 'previous' }
  | { kind: 'number'; number: number }
  | { kind: 'words'; words: string[] }

/** Which image is meant: one of this message, one from before, the one the last video begins with, or several. */
export type ImageTarget =
  | { kind: 'this' }
  | { kind: 'earlier' }
  | { kind: 'same' }
  | { kind: 'number'; number: number }
  | { kind: 'all' }

/** Everything about a video that is no picture. */
export interface Settings {
  ratio?: ChatRatio
  seconds?: number
  length?: 'longer' | 'shorter'
  resolution?: Resolution
  model?: NamedModel
}

/** What a user wants, as far as rules can tell. */
export interface DirectorRequest {
  /** The language it is said in, and answered in. */
  language: Locale
  act:
    | 'make'
    | 'change'
    | 'vary'
    | 'cancel'
    | 'list'
    | 'show'
    | 'who'
    | 'greet'
    | 'thank'
    | 'unclear'
  target: Target | undefined
  /** The image it is about, where it says so. */
  image: ImageTarget | undefined
  settings: Settings
  /** What should be seen (make), or what should be different (change). */
  scene: string
  /** How many videos. */
  count: number
  /** Something is to be made, whatever it is. */
  wantsVideo: boolean
  /** A picture is to be made, and no video. */
  wantsImage: boolean
  /** All videos of the user are meant, and not only those of the chat. */
  isLibrary: boolean
}
