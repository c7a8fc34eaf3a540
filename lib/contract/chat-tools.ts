import type { JSONValue, ProviderMetadata } from 'ai'
import { type MessageRef, type Sentence, isMessageRef, message } from '#lib/messages/message'
import type { FileStatus } from './file-view.ts'
import type { MediaType } from './generation.ts'
import { type ErrorCode, hasFields, isErrorCode } from './problem.ts'
import type { AspectRatio, ImageSize, Resolution } from './model-view.ts'
import { usdOf } from './money.ts'

/** Ratios in the words a conversation uses. */
export const chatRatios = {
  portrait: '9:16',
  landscape: '16:9',
  square: '1:1',
} as const satisfies Record<string, AspectRatio>
export type ChatRatio = keyof typeof chatRatios

/** A video or an image of the user, short enough for a model to read. Live state comes from the file itself. */
export interface VideoBrief {
  fileId: string
  /** What it is; absent in messages stored before images could be made, which are videos. */
  kind?: MediaType
  /** 1 is the first video or image of this chat; null for one that is not of this chat. */
  number: number | null
  prompt: string
  /** Zero for an image. */
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
  /** The id of an image that was attached or made in this chat: the video begins with it. */
  image?: string | null
}

export interface GenerateImageInput {
  prompt: string
  aspectRatio?: ChatRatio | null
  size?: ImageSize | null
  model?: string | null
  seed?: number | null
  /** The image this is a new version of; what is not said is taken from it. */
  fromFileId?: string | null
  /** The ids of images that were attached or made in this chat: it is made after them, or changes them by the prompt. */
  references?: string[] | null
}

/** A call that starts something. */
export type MakeCall =
  | { toolName: 'generateVideo'; input: GenerateVideoInput }
  | { toolName: 'generateImage'; input: GenerateImageInput }
export type MakeTool = MakeCall['toolName']

export function isMakeTool(toolName: string): toolName is MakeTool {
  return toolName === 'generateVideo' || toolName === 'generateImage'
}

/** Whether a part of an answer is a call that starts something. */
export function isMakePart<Part extends { type: string }>(
  part: Part,
): part is Extract<Part, { type: `tool-${MakeTool}` }> {
  return isMakeTool(part.type.replace(/^tool-/, ''))
}

/** The call of such a part. Its input is as a model gave it, until the server has checked it. */
export function callOfPart(part: { type: `tool-${MakeTool}`; input?: unknown }): MakeCall {
  return { toolName: part.type.replace(/^tool-/, ''), input: part.input } as MakeCall
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

/** What a question is about: videos, images, or both. */
export type SpendKind = MediaType | 'mixed'

export function spendKindOf(calls: readonly Pick<MakeCall, 'toolName'>[]): SpendKind {
  const [first, ...others] = new Set(calls.map(({ toolName }) => toolName))
  if (others.length > 0) return 'mixed'
  return first === 'generateImage' ? 'image' : 'video'
}

/** The question before money is spent, with the price of all that is asked about together. */
export function spendQuestion(
  quotes: readonly SpendQuote[],
  kind: SpendKind = 'video',
): MessageRef {
  const { microUsd, upToMicroUsd } = totalOf(quotes)
  const count = quotes.length
  const [price, upTo] = [{ usd: usdOf(microUsd) }, { usd: usdOf(upToMicroUsd) }]
  return upToMicroUsd > microUsd
    ? message('chat.spend.questionUpTo', { count, price, upTo, kind })
    : message('chat.spend.question', { count, price, kind })
}

/** What a click agrees to that answers several questions. */
export function totalOf(quotes: readonly SpendQuote[]): SpendQuote {
  const sum = (name: keyof SpendQuote) => quotes.reduce((all, quote) => all + quote[name], 0)
  return { microUsd: sum('microUsd'), upToMicroUsd: sum('upToMicroUsd') }
}

/** Why a tool failed. */
export interface ToolFailure {
  sentence: Sentence
  /** Of the refusal behind it, where there is one. */
  code?: ErrorCode | undefined
}

/** Why a tool failed as data, to be kept with its part, whose `errorText` has it in words; nothing for mere words. */
export function problemMetadata({ sentence, code }: ToolFailure): ProviderMetadata | undefined {
  if (!isMessageRef(sentence)) return undefined
  const problem = sentence as unknown as JSONValue
  return { photofinish: { problem, ...(code && { code }) } }
}

/** Why the tool of a part failed; in words where an older version stored it. */
export function problemOfPart(part: {
  errorText: string
  resultProviderMetadata?: ProviderMetadata | undefined
}): ToolFailure {
  const { problem, code } = part.resultProviderMetadata?.photofinish ?? {}
  const sentence: unknown = problem
  return {
    sentence: isMessageRef(sentence) ? sentence : part.errorText,
    code: isErrorCode(code) ? code : undefined,
  }
}

/**
 * The tools of the assistant, as the parts `tool-generateVideo` and so on carry them. Where a tool fails, the part's
 * `errorText` is a plain sentence in the language the user writes in, and `problemOfPart` the same as a message. Where
 * the calls of `generateVideo` and `generateImage` in one step would together have their answer spend more than the operator's threshold, all of
 * them come as `approval-requested`: `approval.descriptor` is then the `SpendQuote` of its video, and
 * `approval.requestReason` says in a sentence what all of them cost. Those that are agreed to are started together, or none.
 */
// A type, not an interface: the SDK asks for an index signature.
export type ChatTools = {
  generateVideo: { input: GenerateVideoInput; output: GenerateVideoOutput }
  generateImage: { input: GenerateImageInput; output: GenerateVideoOutput }
  listVideos: { input: ListVideosInput; output: ListVideosOutput }
  /** Puts a video before the user once more: a card in the conversation, as after `generateVideo`. */
  showVideo: { input: OneVideoInput; output: VideoBrief }
  cancelVideo: { input: OneVideoInput; output: VideoBrief }
}
