import type { Locale } from '#lib/messages/locales'
import { type Sentence, message } from '#lib/messages/message'
import { sayIn } from '#lib/messages/translate'
import type { ChatMessage } from '#lib/contract/chat'
import { type GenerateVideoInput, type SpendQuote, quoteOfApproval } from '#lib/contract/chat-tools'
import { AppError } from '../../errors.ts'
import { log } from '../../log.ts'
import type { ChatDeps } from '../deps.ts'
import type { AnswerLease } from '../store/answer-lease.ts'
import { callKey, inputHash } from './call-key.ts'

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
  approvedMicroUsd(toolCallId: string): number | undefined
  /** Throws where the answer has called tools often enough. */
  countCall(): void
  /** The idempotency key of the call that is about to run; equal calls of an answer get different ones. */
  keyToRun(input: GenerateVideoInput): string
  /** The same, for a call whose approval is being decided: calls run after that, in the same order. */
  keyToApprove(input: GenerateVideoInput): string
  /** Micro-dollars of the calls that need no click and are not started yet, by call. */
  reserved: Map<string, number>
  /** What the questions of this answer name as price, by call. */
  quotes: Map<string, SpendQuote>
  /** What went wrong in this answer: the SDK's stream has words only. */
  problems: Problems
  /** Runs one piece of work after the other. */
  oneByOne<T>(work: () => Promise<T>): Promise<T>
}

/** What went wrong in an answer, as messages: by call, and why the answer itself broke off. */
export interface Problems {
  calls: Map<string, Sentence>
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
  const done = kept.filter((part) => 'toolCallId' in part && part.state === 'output-available')
  const { toolCallsAtMost } = options.deps
  let calls = done.length
  const countCall = () => {
    if (++calls <= toolCallsAtMost) return
    throw new ToolProblem(message('chat.problem.tooManyCalls', { count: toolCallsAtMost }))
  }
  return {
    ...options,
    countCall,
    ...keysOf(options, done),
    approvedMicroUsd: (toolCallId) => approvedIn(kept, toolCallId),
    reserved: new Map(),
    quotes: new Map(),
    problems: { calls: new Map(), answer: undefined },
    oneByOne: queue(),
  }
}

/** Idempotency keys that count the equal calls of an answer, from those that are done on. */
function keysOf({ lease, questionId }: Omit<ContextOptions, 'kept'>, done: ChatMessage['parts']) {
  const run = new Map<string, number>()
  const judged = new Map<string, number>()
  const keyOf = (hash: string, ordinal: number) => callKey(lease.chatId, questionId, hash, ordinal)
  const keyToRun = (input: GenerateVideoInput) => {
    const hash = inputHash(input)
    const ordinal = run.get(hash) ?? 0
    run.set(hash, ordinal + 1)
    return keyOf(hash, ordinal)
  }
  const keyToApprove = (input: GenerateVideoInput) => {
    const hash = inputHash(input)
    // Calls that were resumed or agreed to have run without being judged here.
    const ordinal = Math.max(judged.get(hash) ?? 0, run.get(hash) ?? 0)
    judged.set(hash, ordinal + 1)
    return keyOf(hash, ordinal)
  }
  for (const part of done)
    if (part.type === 'tool-generateVideo' && part.state === 'output-available')
      keyToRun(part.input)
  return { keyToRun, keyToApprove }
}

/** The limit of a question that was answered with yes, as it is stored with it. */
function approvedIn(parts: ChatMessage['parts'], toolCallId: string) {
  const part = parts.find((one) => 'toolCallId' in one && one.toolCallId === toolCallId)
  const approval = part && 'approval' in part ? part.approval : undefined
  return approval?.approved ? quoteOfApproval(approval)?.upToMicroUsd : undefined
}

function queue() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work)
    last = next.catch(() => {})
    return next
  }
}

/** Why a tool could not do it, for the user and the model alike. Its words are what the model reads. */
export class ToolProblem extends Error {
  override readonly name = 'ToolProblem'
  readonly sentence: Sentence

  constructor(sentence: Sentence, locale: Locale = 'en') {
    super(sayIn(locale, sentence))
    this.sentence = sentence
  }

  /** What the SDK tells the model: the sentence, without the name of the class. */
  override toString() {
    return this.message
  }
}

/** Any error of a tool as such a problem, in a language; what is no `AppError` is logged and not shown. */
export function asToolProblem(error: unknown, locale: Locale): ToolProblem {
  if (error instanceof ToolProblem) return new ToolProblem(error.sentence, locale)
  if (error instanceof AppError) return new ToolProblem(error.userMessage, locale)
  log().error({ err: error }, 'a tool of the chat failed')
  return new ToolProblem(message('chat.problem.unknown'), locale)
}
