import { log } from '../../log.ts'
import { pace } from '../../pace.ts'

/** What is under way, and how it is ended. */
interface Ends {
  end(): void
}

/**
 * What outlasts the look-up of the right to it: streams of sessions and keys, films sent through links. All of it is looked
 * at again every few seconds, in one go, and what has lost its right ends.
 */
export class Held<T extends Ends> {
  private readonly held = new Set<T>()
  private readonly over: (held: T[]) => Promise<T[]>
  private timer: NodeJS.Timeout | undefined
  private isLooking = false

  /** @param over which of these have lost their right by now. */
  constructor(over: (held: T[]) => Promise<T[]>) {
    this.over = over
  }

  get count() {
    return this.held.size
  }

  /** Holds it until the returned function is called. */
  add(one: T): () => void {
    this.held.add(one)
    this.timer ??= setInterval(() => void this.look(), pace().sessionLookMs).unref()
    return () => this.remove(one)
  }

  private remove(one: T) {
    this.held.delete(one)
    if (this.held.size > 0) return
    clearInterval(this.timer)
    this.timer = undefined
  }

  /** One look at a time: a database that is slow is not asked again meanwhile. */
  private async look() {
    if (this.isLooking) return
    this.isLooking = true
    try {
      for (const one of await this.over([...this.held])) one.end()
    } catch (error) {
      log().warn({ err: error }, 'the rights to what is under way could not be looked at')
    } finally {
      this.isLooking = false
    }
  }
}

/**
 * The same bytes, cut off where `hold` says that their right is over. What feeds them is told that it is not read any more.
 *
 * @param hold is given how they end, and answers how to let go of them.
 */
export function cutOff(
  body: ReadableStream<Uint8Array>,
  hold: (end: () => void) => () => void,
  why: string,
) {
  const reader = body.getReader()
  let release = () => {}
  const stop = async (reason?: unknown) => {
    release()
    await reader.cancel(reason).catch(() => {})
  }
  const source: UnderlyingDefaultSource<Uint8Array> = {
    start(controller) {
      release = hold(() => {
        const error = new Error(why)
        controller.error(error)
        void stop(error)
      })
    },
    async pull(controller) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        release()
        throw error
      })
      if (!done) return controller.enqueue(value)
      release()
      controller.close()
    },
    cancel: stop,
  }
  // Nothing is read ahead: what is not sent yet is not sent any more.
  return new ReadableStream(source, { highWaterMark: 0 })
}
