/** A call that does not come back: `kill` ends it, `wake` lets it go on where it can. */
export interface Hang {
  kill(): void
  wake?: () => void
}

/** A way to hang for ever; or, where the dead may wake, until then and with what they wake to. Written down in `hangs`. */
export function createHangs(of: { hangs: Hang[]; onHang(): void }) {
  return function hang<T>(wakesTo?: () => T): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const kill = () => reject(new Error('killed'))
    const wake = () => {
      try {
        resolve(wakesTo!())
      } catch (error) {
        reject(error)
      }
    }
    of.hangs.push(wakesTo ? { kill, wake } : { kill })
    of.onHang()
    return promise
  }
}
