import { processWide } from '../../process-wide.ts'

/** Thrown where the line is full, or a turn did not come in time. */
export class NoTurnError extends Error {
  override readonly name = 'NoTurnError'
}

export interface TurnsOptions {
  atOnce: number
  waitingAtMost: number
  patienceMs: number
}

interface Waiting {
  whose: string
  begin(): void
  giveUp(error: Error): void
}

/**
 * Lets a few run at once; the others wait in line, for a while. The next is one of those who have least running, so one
 * that brings many makes no other wait; in a full line the last of who has most there gives way.
 */
export class Turns {
  private readonly options: TurnsOptions
  private readonly line: Waiting[] = []
  private readonly running: string[] = []

  constructor(options: TurnsOptions) {
    this.options = options
  }

  /** Runs the work once it is its turn. Throws `NoTurnError` where that takes too long; then nothing was run. */
  async take<T>(whose: string, work: () => Promise<T>): Promise<T> {
    if (this.running.length < this.options.atOnce) this.running.push(whose)
    else await this.comeUp(whose)
    try {
      return await work()
    } finally {
      this.running.splice(this.running.indexOf(whose), 1)
      this.callNext()
    }
  }

  /** The place of the one that ends is handed over, so nothing can slip in between. */
  private callNext() {
    const least = Math.min(...this.line.map(({ whose }) => this.runningOf(whose)))
    const next = this.line.find(({ whose }) => this.runningOf(whose) === least)
    if (!next) return
    this.leave(next)
    this.running.push(next.whose)
    next.begin()
  }

  private async comeUp(whose: string) {
    if (this.line.length >= this.options.waitingAtMost) this.makeWay(whose)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const waiting = { whose, begin: resolve, giveUp: reject }
    this.line.push(waiting)
    const giveUp = () => {
      this.leave(waiting)
      reject(new NoTurnError('no turn in time'))
    }
    const timer = setTimeout(giveUp, this.options.patienceMs)
    await promise.finally(() => clearTimeout(timer))
  }

  private makeWay(whose: string) {
    const waitingOf = (one: string) => this.line.filter((waiting) => waiting.whose === one).length
    const last = this.line.toSorted((a, b) => waitingOf(a.whose) - waitingOf(b.whose)).at(-1)
    const full = new NoTurnError('the line is full')
    if (!last || waitingOf(last.whose) <= waitingOf(whose) + 1) throw full
    this.leave(last)
    last.giveUp(full)
  }

  private leave(waiting: Waiting) {
    const place = this.line.indexOf(waiting)
    if (place >= 0) this.line.splice(place, 1)
  }

  private runningOf(whose: string) {
    return this.running.filter((one) => one === whose).length
  }
}

/** The turns of the processes that look at pictures. */
export function imageTurns() {
  return processWide(
    'image turns',
    () => new Turns({ atOnce: 2, waitingAtMost: 16, patienceMs: 30_000 }),
  )
}
