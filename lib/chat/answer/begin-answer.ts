import type { ChatDeps } from '../deps.ts'
import type { AnswerLease } from '../store/answer-lease.ts'
import { LiveAnswer } from './live-answer.ts'
import { liveAnswers } from './live-answers.ts'
import { runAnswer } from './run-answer.ts'

/** Begins to write an answer, apart from whoever asked for it: it goes on when nobody reads along. */
export function beginAnswer(lease: AnswerLease, deps: ChatDeps): LiveAnswer {
  const live = new LiveAnswer(lease.answerId)
  const answers = liveAnswers()
  answers.set(lease.chatId, live)
  void runAnswer(lease, live, deps).finally(() => {
    if (answers.get(lease.chatId) === live) answers.delete(lease.chatId)
  })
  return live
}
