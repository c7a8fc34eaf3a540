import type { JSONValue, ProviderMetadata } from 'ai'
import { type MessageRef, type Sentence, isMessageRef, message } from '#lib/messages/message'
import type { FileStatus } from './file-view.ts'
import { hasFields } from './problem.ts'
import type { AspectRatio, Resolution } from './model-view.ts'
import { usdOf } from './money.ts'

/** Ratios in the words a conversation uses. */
export const chatRatios = {
  portrait: '9:16',
  landscape: '16:9',
  square: '1:1',
} as const satisfies Record<string, AspectRatio>
export type ChatRatio = keyof typeof chatRatios

/** A video of the user, short enough for a model to read. Live state comes from the file itself. */
export interface VideoBrief {
  fileId: string
  /** 1 is the first video of this chat; null for one that is not of this chat. */
  number: number | null
  prompt: string
  seconds: number
  aspectRatio: AspectRatio
  resolution: Resolution
  model: string
  status: FileStatus
  /** Dollars: what it did cost, or will as far as is known. */
  costUsd: number
  /** The id of the image it begins with; null for none, absent in messages stored before images existed. */
  image?: string | null
  /** ISO 8601 in UTC. */
  createdAt: string
}

export interface GenerateVideoInput {
  prompt: string
  aspectRatio?: ChatRatio | null
  seconds?: number | null
  /** Length in the older dialect: 5 or 10 seconds. `seconds` wins. */
  nFrames?: 5 | 10 | null
  /** The next length up or down from that of the video it is a new version of. `seconds` wins. */
  length?: 'longer' | 'shorter' | null
  resolution?: Resolution | null
  model?: string | null
  seed?: number | null
  /** The video this is a new version of; what is not said is taken from it. */
  fromFileId?: string | null
  /** The id of an image that was attached in this chat: the video begins with it. */
  image?: string | null
}

/** What was asked for and is not available, as it was asked; the video has the nearest value. */
export interface InsteadOf {
  seconds?: number
  resolution?: Resolution
  sound?: boolean
  negativePrompt?: string
  /** Label of the model that made the video before. */
  model?: string
}

/** The video as it was when it was started: show `fileId` with `useFile`, which knows how it is now. */
export interface GenerateVideoOutput extends VideoBrief {
  /** The video this is a new version of. */
  fromFileId: string | null
  /** Absent where everything is as asked. */
  insteadOf?: InsteadOf
}

export interface ListVideosInput {
  scope: 'chat' | 'library'
  /** Words to be found in the prompt. */
  query?: string | null
}

export interface ListVideosOutput {
  videos: VideoBrief[]
}

export interface OneVideoInput {
  fileId: string
}

/** What a click on an approval agrees to, in integer micro-dollars. */
export interface SpendQuote {
  /** At the provider that is tried first. */
  microUsd: number
  /** The limit: never more than this is spent, whichever provider it falls back to. */
  upToMicroUsd: number
}

/** The quote stored with an approval; undefined where an older version stored a sentence only. */
export function quoteOfApproval(approval?: { descriptor?: unknown }): SpendQuote | undefined {
  const quote = approval?.descriptor
  if (!hasFields(quote, { microUsd: 'number', upToMicroUsd: 'number' })) return undefined
  return quote as SpendQuote
}

/** The question before money is spent, with the price in it. */
export function spendQuestion({ microUsd, upToMicroUsd }: SpendQuote): MessageRef {
  const [price, upTo] = [{ usd: usdOf(microUsd) }, { usd: usdOf(upToMicroUsd) }]
  return upToMicroUsd > microUsd
    ? message('chat.spend.questionUpTo', { price, upTo })
    : message('chat.spend.question', { price })
}

/** Why a tool failed as a message, to be kept with its part, whose `errorText` has it in words; nothing for mere words. */
export function problemMetadata(problem: Sentence): ProviderMetadata | undefined {
  if (!isMessageRef(problem)) return undefined
  return { photofinish: { problem: problem as unknown as JSONValue } }
}

/** Why the tool of a part failed; in words where an older version stored it. */
export function problemOfPart(part: {
  errorText: string
  resultProviderMetadata?: ProviderMetadata | undefined
}): Sentence {
  const problem: unknown = part.resultProviderMetadata?.photofinish?.problem
  return isMessageRef(problem) ? problem : part.errorText
}

/**
 * The tools of the assistant, as the parts `tool-generateVideo` and so on carry them. Where a tool fails, the part's
 * `errorText` is a plain sentence in the language the user writes in, and `problemOfPart` the same as a message. A `generateVideo` with which its answer would spend more than the
 * operator's threshold comes as `approval-requested`: `approval.descriptor` is then a `SpendQuote`, and
 * `approval.requestReason` says the same in a sentence.
 */
// A type, not an interface: the SDK asks for an index signature.
export type ChatTools = {
  generateVideo: { input: GenerateVideoInput; output: GenerateVideoOutput }
  listVideos: { input: ListVideosInput; output: ListVideosOutput }
  /** Puts a video before the user once more: a card in the conversation, as after `generateVideo`. */
  showVideo: { input: OneVideoInput; output: VideoBrief }
  cancelVideo: { input: OneVideoInput; output: VideoBrief }
}
