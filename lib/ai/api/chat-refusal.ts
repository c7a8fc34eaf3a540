import type { Problem } from '#lib/contract/problem'
import { ProblemError } from '#lib/contract/read-answer'

/** A message that was not answered, and when the server would be asked again. */
export class ChatRefusal extends ProblemError {
  /** `Date.now()` from which on it may be tried again; undefined where the server named no time. */
  readonly retryAtMs: number | undefined

  constructor(problem: Problem, retryAfterSeconds = 0, nowMs = Date.now()) {
    super(problem)
    this.retryAtMs = retryAfterSeconds > 0 ? nowMs + retryAfterSeconds * 1000 : undefined
  }
}
