import type { InsteadOf, MakeCall } from '#lib/contract/chat-tools'
import type { VideoRow } from '../core.ts'
import { callKey, inputHash } from './call-key.ts'

/** A call for a video or an image. */
export type AskedCall = MakeCall & { toolCallId: string }

/** The same with its idempotency key; equal calls of an answer have different ones. */
export type VideoCall = AskedCall & { key: string }

/**
 * The videos and images that one step of an answer asks for, or those of one message that were agreed to. They are priced, asked
 * about and started together: all of them, or none.
 */
export interface VideoStep {
  calls: readonly VideoCall[]
  /** The calls that wait for the user's click; undefined until it is decided, which happens once. */
  asked?: Promise<ReadonlySet<string>>
  /** What the calls came to that need none, by call. */
  outcomes?: Promise<ReadonlyMap<string, Outcome>>
}

/** What a call came to: its video, or why there is none. */
export type Outcome = { made: StartedCall } | { problem: unknown }

export interface StartedCall {
  row: VideoRow
  from: VideoRow | undefined
  /** What gave way to what the model can do. */
  insteadOf: InsteadOf
}

/** The steps of an answer, by the calls in them. */
export class VideoSteps {
  readonly #chatId: string
  readonly #questionId: string
  readonly #steps = new Map<string, VideoStep>()
  readonly #equals = new Map<string, number>()

  /** @param done calls that were made before: their keys are taken. */
  constructor(chatId: string, questionId: string, done: readonly MakeCall[]) {
    this.#chatId = chatId
    this.#questionId = questionId
    for (const call of done) this.#keyOf(call)
  }

  /** Begins a step with all of its calls. */
  begin(calls: readonly AskedCall[]): VideoStep {
    const step = { calls: calls.map((call) => ({ ...call, key: this.#keyOf(call) })) }
    for (const { toolCallId } of calls) this.#steps.set(toolCallId, step)
    return step
  }

  /** The step of a call; one that was begun in none is one of its own. */
  of(call: AskedCall): VideoStep {
    return this.#steps.get(call.toolCallId) ?? this.begin([call])
  }

  #keyOf(call: MakeCall) {
    const hash = inputHash(call)
    const ordinal = this.#equals.get(hash) ?? 0
    this.#equals.set(hash, ordinal + 1)
    return callKey(this.#chatId, this.#questionId, hash, ordinal)
  }
}
