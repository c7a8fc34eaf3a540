import type { ChatChunk } from '#lib/contract/chat'
import { processWide } from '../../process-wide.ts'

/** The answers that are being written in this process, by chat. */
export function liveAnswers() {
  return processWide('live answers', () => new Map<string, LiveAnswer>())
}

export interface ReadOptions {
  /** The reader has what was in the answer before, and wants only what is new. */
  hasOld?: boolean
}

/** An answer while it is being written in this process: any number of readers, each from its beginning. */
export class LiveAnswer {
  readonly answerId: string
  readonly done: Promise<void>
  readonly #chunks: { chunk: ChatChunk; isOld: boolean }[] = []
  readonly #readers = new Map<ReadableStreamDefaultController<ChatChunk>, ReadOptions>()
  readonly #stopper = new AbortController()
  #settled: () => void = () => {}
  #isOver = false

  constructor(answerId: string) {
    this.answerId = answerId
    this.done = new Promise((resolve) => {
      this.#settled = resolve
    })
  }

  /** Aborted once the user does not want the rest. */
  get stopSignal() {
    return this.#stopper.signal
  }

  stop() {
    this.#stopper.abort(new Error('stopped by the user'))
  }

  /** `isOld`: it was in the answer before it was resumed, so some readers have it. */
  push(chunk: ChatChunk, { isOld = false } = {}) {
    this.#chunks.push({ chunk, isOld })
    for (const [reader, { hasOld }] of this.#readers) if (!isOld || !hasOld) reader.enqueue(chunk)
  }

  end() {
    this.#isOver = true
    for (const reader of this.#readers.keys()) reader.close()
    this.#readers.clear()
    this.#settled()
  }

  /** All of the answer so far, then the rest as it comes. A reader that leaves affects no other. */
  read(options: ReadOptions = {}): ReadableStream<ChatChunk> {
    let mine: ReadableStreamDefaultController<ChatChunk>
    return new ReadableStream<ChatChunk>({
      start: (controller) => {
        mine = controller
        for (const { chunk, isOld } of this.#chunks)
          if (!isOld || !options.hasOld) controller.enqueue(chunk)
        if (this.#isOver) controller.close()
        else this.#readers.set(controller, options)
      },
      cancel: () => void this.#readers.delete(mine),
    })
  }
}
