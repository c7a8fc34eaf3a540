import type { ChatDeps } from '../deps.ts'
import type { AnswerLease } from '../store/answer-lease.ts'

/** What the tools of one answer share. */
export interface ToolContext {
  lease: AnswerLease
  /** The message of the user that is being answered: what a call's idempotency key is derived from. */
  questionId: string
  deps: ChatDeps
  /** Resolves once a call stands in the database. */
  recorded(toolCallId: string): Promise<void>
  /** Dollars the user has agreed to for a call; undefined where no click was asked for. */
  approvedUsd(toolCallId: string): number | undefined
  /** Throws where the answer has called tools often enough. */
  countCall(): void
  /** How often this answer has asked for exactly this before; counts on with every call. */
  ordinalOf(inputHash: string): number
}
