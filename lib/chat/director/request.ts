import type { ChatRatio } from '#lib/contract/chat-tools'
import type { Resolution } from '#lib/contract/model-view'

export type Language = 'en' | 'ru'

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
}

/** What a user wants, as far as rules can tell. */
export interface DirectorRequest {
  language: Language
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
  /** All videos of the user are meant, and not only those of the chat. */
  isLibrary: boolean
}
