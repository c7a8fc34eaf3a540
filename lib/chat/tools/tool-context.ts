import type { Locale } from '#lib/messages/locales'
import { type Sentence, message } from '#lib/messages/message'
import { sayIn } from '#lib/messages/translate'
import type { ChatMessage } from '#lib/contract/chat'
import { type SpendQuote, callOfPart, isMakePart, quoteOfApproval } from '#lib/contract/chat-tools'
import type { ErrorCode } from '#lib/contract/problem'
import { AppError } from '../../errors.ts'
import { log } from '../../log.ts'
import type { ChatDeps } from '../deps.ts'
import type { AnswerLease } from '../store/answer-lease.ts'
import { reasonsOf } from '../texts.ts'
import { VideoSteps } from './video-step.ts'

/** What the tools of one answer share. */
export interface ToolContext {
  lease: AnswerLease
  /** The message of the user that is being answered: a call's idempotency key is derived from it. */
  questionId: string
  /** The language the user speaks in: what a tool says to the model is in it. */
  locale: Locale
  deps: ChatDeps
  /** Resolves once a call is stored in the database. */
  recorded(toolCallId: string): Promise<void>
  /** Micro-dollars the user has agreed to for a call; undefined where no click was asked for. */
  approvedMicros(toolCallId: string): number | undefined
  /** Whether the answer may call tools so many times more. */
  mayCall(times: number): boolean
  /** Counts calls; throws where the answer may not make all of them. */
  countCalls(times: number): void
  /** The videos that are started together. */
  steps: VideoSteps
  /** What the questions of this answer name as price, by call. */
  quotes: Map<string, SpendQuote>
  /** What went wrong in this answer: the SDK's stream has words only. */
  problems: Problems
}

/** Why a call failed, and by which code. */
export interface Problem {
  sentence: Sentence
  code?: ErrorCode | undefined
}

/** What went wrong in an answer, as messages: by call, and why the answer itself broke off. */
export interface Problems {
  calls: Map<string, Problem>
  answer: Sentence | undefined
}

interface ContextOptions {
  lease: AnswerLease
  questionId: string
  locale: Locale
  deps: ChatDeps
  /** What of the answer is stored already: its calls count. */
  kept: ChatMessage['parts']
  recorded(toolCallId: string): Promise<void>
}

/** The tools' context for one answer, going on where its kept parts ended. */
export function toolContextOf({ kept, ...options }: ContextOptions): ToolContext {
  const { toolCallsAtMost } = options.deps
  let calls = kept.filter(
    (part) => 'toolCallId' in part && part.state === 'output-available',
  ).length
  const mayCall = (times: number) => calls + times <= toolCallsAtMost
  const countCalls = (times: number) => {
    if (!mayCall(times))
      throw new ToolProblem(message('chat.problem.tooManyCalls', { count: toolCallsAtMost }))
    calls += times
  }
  return {
    ...options,
    mayCall,
    countCalls,
    steps: stepsOf(options, kept),
    approvedMicros: (toolCallId) => approvedIn(kept, toolCallId),
    quotes: new Map(),
    problems: { calls: new Map(), answer: undefined },
  }
}

/** The steps of an answer that goes on: what was agreed to is the first. */
function stepsOf({ lease, questionId }: Omit<ContextOptions, 'kept'>, kept: ChatMessage['parts']) {
  const videos = kept.filter(isMakePart)
  const done = videos.filter(({ state }) => state === 'output-available')
  const steps = new VideoSteps(lease.chatId, questionId, done.map(callOfPart))
  const agreed = videos.filter(
    ({ state, toolCallId }) =>
      state === 'approval-responded' && approvedIn(kept, toolCallId) !== undefined,
  )
  steps.begin(agreed.map((part) => ({ toolCallId: part.toolCallId, ...callOfPart(part) })))
  return steps
}

/** The limit of a question that was answered with yes, as it is stored with it. */
function approvedIn(parts: ChatMessage['parts'], toolCallId: string) {
  const part = parts.find((one) => 'toolCallId' in one && one.toolCallId === toolCallId)
  const approval = part && 'approval' in part ? part.approval : undefined
  return approval?.approved ? quoteOfApproval(approval)?.upToMicroUsd : undefined
}

/** Why a tool could not do it, for the user and the model alike. Its words are what the model reads. */
export class ToolProblem extends Error {
  override readonly name = 'ToolProblem'
  readonly sentence: Sentence
  /** Of the refusal behind it, where there is one. */
  readonly code: ErrorCode | undefined

  constructor(
    sentence: Sentence,
    { locale = 'en', code }: { locale?: Locale; code?: ErrorCode | undefined } = {},
  ) {
    super(sayIn(locale, sentence))
    this.sentence = sentence
    this.code = code
  }

  /** What the SDK tells the model: the sentence, without the name of the class. */
  override toString() {
    return this.message
  }
}

/** Any error of a tool as such a problem, in a language; what is no `AppError` is logged and not shown. */
export function asToolProblem(error: unknown, locale: Locale): ToolProblem {
  if (error instanceof ToolProblem)
    return new ToolProblem(error.sentence, { locale, code: error.code })
  if (error instanceof AppError) {
    const { userMessage, code, fields } = error
    return new ToolProblem(fields?.length ? reasonsOf(fields) : userMessage, { locale, code })
  }
  log().error({ err: error }, 'a tool of the chat failed')
  return new ToolProblem(message('chat.problem.unknown'), { locale })
}
