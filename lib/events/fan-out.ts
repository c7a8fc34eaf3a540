/** Listeners by key: telling those of one key costs nothing for all the others. */
export class FanOut<Listener> {
  private readonly listeners = new Map<string, Set<Listener>>()

  get size() {
    return this.listeners.size
  }

  add(key: string, listener: Listener) {
    const set = this.listeners.get(key) ?? new Set<Listener>()
    this.listeners.set(key, set.add(listener))
  }

  /** Whether it was the last one of its key. */
  remove(key: string, listener: Listener) {
    const set = this.listeners.get(key)
    if (!set?.delete(listener) || set.size > 0) return false
    return this.listeners.delete(key)
  }

  has(key: string) {
    return this.listeners.has(key)
  }

  keys() {
    return this.listeners.keys()
  }

  of(key: string): Iterable<Listener> {
    return this.listeners.get(key) ?? []
  }
}
