import type { FileNews } from '#lib/contract/file-view'
import type { OwnedNews } from '../generations/news.ts'
import { FanOut } from './fan-out.ts'

/** Told what is new of an owner's files. Without any change: something may have been missed. */
export type NewsListener = (changes: readonly FileNews[]) => void

// Sixty videos that are started at once are a few messages a stream; what is one is told well within a second.
const gatherMs = 200
const changesAtMost = 200

/** The news of owners, gathered for a moment, and handed to those who listen for that owner. */
export class OwnerNews {
  private readonly listeners = new FanOut<NewsListener>()
  private readonly gathered = new Map<string, FileNews[]>()
  private readonly timers = new Map<string, NodeJS.Timeout>()

  get watchedOwners() {
    return this.listeners.size
  }

  add(ownerId: string, listener: NewsListener) {
    this.listeners.add(ownerId, listener)
    return () => {
      if (this.listeners.remove(ownerId, listener)) this.drop(ownerId)
    }
  }

  take({ ownerId, ...news }: OwnedNews) {
    if (!this.listeners.has(ownerId)) return
    const changes = this.gathered.get(ownerId) ?? []
    changes.push(news)
    this.gathered.set(ownerId, changes)
    if (!this.timers.has(ownerId))
      this.timers.set(ownerId, setTimeout(() => this.tell(ownerId), gatherMs).unref())
  }

  /** The line to the database was away: all look for themselves. */
  tellMissed() {
    for (const ownerId of this.listeners.keys())
      for (const listener of this.listeners.of(ownerId)) listener([])
  }

  close() {
    for (const ownerId of this.timers.keys()) this.drop(ownerId)
  }

  private tell(ownerId: string) {
    const changes = this.gathered.get(ownerId) ?? []
    this.drop(ownerId)
    // So many at once are not worth naming: the list says it in fewer bytes.
    const told = changes.length > changesAtMost ? [] : changes
    for (const listener of this.listeners.of(ownerId)) listener(told)
  }

  private drop(ownerId: string) {
    clearTimeout(this.timers.get(ownerId))
    this.timers.delete(ownerId)
    this.gathered.delete(ownerId)
  }
}
