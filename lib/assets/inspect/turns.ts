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

/** Lets a few run at once; the others wait in line, for a while. */
export class Turns {
  private readonly options: TurnsOptions
  private readonly line: (() => void)[] = []
  private running = 0

  constructor(options: TurnsOptions) {
    this.options = options
  }

  /** Runs the work once it is its turn. Throws `NoTurnError` where that takes too long; then nothing was run. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.options.atOnce) this.running++
    else await this.comeUp()
    try {
      return await work()
    } finally {
      const next = this.line.shift()
      if (next) next()
      else this.running--
    }
  }

  /** The place of the one that ends is handed over, so nothing can slip in between. */
  private async comeUp() {
    if (this.line.length >= this.options.waitingAtMost) throw new NoTurnError('the line is full')
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.line.push(resolve)
    const giveUp = () => {
      const place = this.line.indexOf(resolve)
      if (place >= 0) this.line.splice(place, 1)
      reject(new NoTurnError('no turn in time'))
    }
    const timer = setTimeout(giveUp, this.options.patienceMs)
    await promise.finally(() => clearTimeout(timer))
  }
}

/** The turns of the processes that look at pictures. */
export function imageTurns() {
  return processWide(
    'image turns',
    () => new Turns({ atOnce: 2, waitingAtMost: 16, patienceMs: 30_000 }),
  )
}
