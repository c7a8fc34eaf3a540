import { setTimeout as sleep } from 'node:timers/promises'
import type { ChatMessage } from '#lib/contract/chat'
import { log } from '../../log.ts'
import { type AnswerLease, saveAnswer } from '../store/answer-lease.ts'

// A call that is not in the answer by then is started anyway: its idempotency key protects it.
const patienceMs = 2_000

interface Waiter {
  toolCallId: string
  resolve: () => void
}

/**
 * Saves an answer as it grows: at most every so often, but at once where a tool has answered, and before a tool spends
 * anything.
 */
export class AnswerSaver {
  latest: ChatMessage
  readonly #lease: AnswerLease
  readonly #everyMs: number
  readonly #onLost: () => void
  #waiters: Waiter[] = []
  #outcomes = 0
  #timer: NodeJS.Timeout | undefined
  #queue: Promise<void> = Promise.resolve()

  constructor(lease: AnswerLease, first: ChatMessage, everyMs: number, onLost: () => void) {
    this.#lease = lease
    this.#everyMs = everyMs
    this.#onLost = onLost
    this.latest = first
    this.#outcomes = outcomesIn(first)
  }

  update(message: ChatMessage) {
    this.latest = message
    const outcomes = outcomesIn(message)
    const isAwaited = this.#waiters.some(({ toolCallId }) => isIn(message, toolCallId))
    if (outcomes > this.#outcomes || isAwaited) void this.flush()
    else this.#timer ??= setTimeout(() => void this.flush(), this.#everyMs)
    this.#outcomes = outcomes
  }

  /** Resolves once a tool call is saved, so that a restart repeats this call and no other. */
  async recorded(toolCallId: string) {
    if (isIn(this.latest, toolCallId)) return this.flush()
    const saved = new Promise<void>((resolve) => this.#waiters.push({ toolCallId, resolve }))
    await Promise.race([saved, sleep(patienceMs, undefined, { ref: false })])
  }

  /** Saves what there is. Saves follow one another, so that an older state never overwrites a newer one. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#queue = this.#queue.then(() => this.#write())
    return this.#queue
  }

  async #write() {
    const message = this.latest
    try {
      if (!(await saveAnswer(this.#lease, message))) this.#onLost()
    } catch (error) {
      log().warn({ err: error, chatId: this.#lease.chatId }, 'an answer was not saved')
    }
    const isHeld = ({ toolCallId }: Waiter) => isIn(message, toolCallId)
    for (const waiter of this.#waiters.filter(isHeld)) waiter.resolve()
    this.#waiters = this.#waiters.filter((waiter) => !isHeld(waiter))
  }
}

function outcomesIn({ parts }: ChatMessage) {
  return parts.filter((part) => 'state' in part && /^output-|^approval-/.test(part.state ?? ''))
    .length
}

function isIn({ parts }: ChatMessage, toolCallId: string) {
  return parts.some(
    (part) =>
      'toolCallId' in part && part.toolCallId === toolCallId && part.state !== 'input-streaming',
  )
}
