import { leaseMs } from '../../generations/engine/lease.ts'
import { log } from '../../log.ts'
import type { ChatDeps } from '../deps.ts'
import { type AnswerLease, renewAnswer } from '../store/answer-lease.ts'
import type { LiveAnswer } from './live-answer.ts'

export interface KeptAnswer {
  /** Aborted where the rest is not wanted, not ours to write any more, or this process ends. */
  signal: AbortSignal
  /** Why the answer may not go on here although it is wanted. */
  isLost(): boolean
  lose(): void
  stop(): void
}

/** Renews the lease while an answer is written, and hears there of a stop that another process was asked for. */
export function keepAnswer(lease: AnswerLease, live: LiveAnswer, deps: ChatDeps): KeptAnswer {
  const lost = new AbortController()
  const lose = () => lost.abort(new Error('the lease was lost'))
  const renew = async () => {
    const { isOurs, isStopped } = await renewAnswer(lease, deps.now())
    if (!isOurs) lose()
    if (isStopped) live.stop()
  }
  const timer = setInterval(() => {
    renew().catch((error: unknown) =>
      log().warn({ err: error, chatId: lease.chatId }, 'the lease was not renewed'),
    )
  }, leaseMs / 3)
  timer.unref()
  return {
    signal: AbortSignal.any([live.stopSignal, lost.signal, deps.signal]),
    isLost: () => lost.signal.aborted || deps.signal.aborted,
    lose,
    stop: () => clearInterval(timer),
  }
}
