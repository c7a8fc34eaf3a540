import type { ConnectionStatus } from './connection-status.ts'
import type { EventFeed } from './stream/event-feed.ts'
import { openTabChannel } from './stream/tabs.ts'

type Feed = Pick<EventFeed, 'follow' | 'followNews' | 'getStatus' | 'onStatus'>

/**
 * The event feed of this tab, loaded with the first thing to follow, here or in another tab. Until it is there, and
 * where it cannot be loaded, the polls bring the news alone; the next thing to follow has it loaded again.
 */
export class LateFeed {
  private readonly load: () => Promise<Feed>
  private readonly listeners = new Set<() => void>()
  private loading: Promise<Feed> | undefined
  private feed: Feed | undefined
  private hasFailed = false
  private files = 0

  constructor(load: () => Promise<Feed>) {
    this.load = load
  }

  /** Follows a file until the returned function is called. */
  follow(fileId: string) {
    this.files += 1
    const end = this.begin((feed) => feed.follow(fileId))
    return () => {
      this.files -= 1
      end()
      this.tell()
    }
  }

  /** Follows what is new of all files of this user until the returned function is called; see `onNews`. */
  followNews() {
    return this.begin((feed) => feed.followNews())
  }

  /** Loads it ahead, as with a click that will need it. */
  prepare = () => void this.ready().catch(() => {})

  getStatus = (): ConnectionStatus => {
    if (this.feed) return this.feed.getStatus()
    return this.hasFailed && this.files > 0 ? 'polling' : 'disconnected'
  }

  onStatus = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  private begin(follow: (feed: Feed) => () => void) {
    let isOver = false
    let end = () => {}
    this.ready()
      .then((feed) => (end = isOver ? end : follow(feed)))
      .catch(() => this.tell())
    return () => {
      isOver = true
      end()
    }
  }

  private ready() {
    this.loading ??= this.load().then(
      (feed) => {
        this.feed = feed
        feed.onStatus(() => this.tell())
        return feed
      },
      (error: unknown) => {
        this.loading = undefined
        this.hasFailed = true
        throw error
      },
    )
    return this.loading
  }

  private tell() {
    for (const listener of this.listeners) listener()
  }
}

let feed: LateFeed | undefined

/** This tab's feed; made at the first use, in the browser only. */
export function eventFeed() {
  if (feed) return feed
  const made = new LateFeed(async () => new (await import('./stream/event-feed.ts')).EventFeed())
  // Another tab has something to follow: it may be the first of this user's, and shown here too.
  openTabChannel(made.prepare)
  return (feed = made)
}
