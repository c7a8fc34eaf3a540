/** Where pushed bytes go. */
export interface Outlet {
  push(bytes: Uint8Array): void
  /** What was pushed and not yet taken. */
  readonly backlogBytes: number
  end(): void
  fail(error: Error): void
}

/** Who pushes: from `flowTo` on, until `close`. */
export interface PushSource {
  flowTo(outlet: Outlet): void
  close(): void
}

/**
 * A stream of bytes that are pushed. What can be pushed to takes the source itself, and is spared what a web
 * stream costs in time and memory; all others read it as the web stream it is. Nothing flows before.
 */
export class PushStream extends ReadableStream<Uint8Array> {
  readonly source: PushSource

  constructor(source: PushSource) {
    let flows = false
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      if (!flows) source.flowTo(outletOf(controller))
      flows = true
    }
    const strategy = new ByteLengthQueuingStrategy({ highWaterMark: 0 })
    super({ pull, cancel: () => source.close() }, strategy)
    this.source = source
  }
}

function outletOf(controller: ReadableStreamDefaultController<Uint8Array>): Outlet {
  return {
    push: (bytes) => controller.enqueue(bytes),
    get backlogBytes() {
      return -(controller.desiredSize ?? 0)
    },
    end: () => controller.close(),
    fail: (error) => controller.error(error),
  }
}
