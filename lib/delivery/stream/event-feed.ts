import { withBasePath } from '#lib/contract/calls/base-path'
import {
  channelOf,
  type FileEvent,
  heartbeatMs,
  isFileView,
  isNewsObject,
  newsChannelName,
} from '#lib/contract/file-view'
import { isCanvasId, isCanvasNews } from '#lib/contract/canvas/news'
import { receiveCanvasNews } from '../canvas/canvas-news.ts'
import type { ConnectionStatus } from '../connection-status.ts'
import { lookNow, peekView, receiveView } from '../file-store.ts'
import { receiveNews } from '../news.ts'
import { readEventStream } from './read-event-stream.ts'
import { StreamWatch } from './stream-watch.ts'
import { holdLeadership, type TabChannel, type TabMessage, openTabChannel } from './tabs.ts'

const settleMs = 50
const idleMs = 30_000
const retryMs = { min: 1_000, max: 3_000 }
// Where nothing unfinished waits for the stream, the poll of the list is soon enough.
const calmRetryMs = 10_000
// More are polled alone: the server reads no more, and the address would grow too long.
const filesAtMost = 99

/**
 * The one event stream of this browser, for any number of files and tabs, and for the news of all files of the user. A
 * tab that is visible and follows something asks for the lead; the leader reads one stream for all tabs and passes on
 * what comes. Six connections are all a browser gives an HTTP/1.1 server, over all tabs: a stream a video would starve
 * the poll.
 */
export class EventFeed {
  private readonly tab = Math.random().toString(36).slice(2)
  private readonly wanted = new Map<string, number>()
  private readonly elsewhere = new Map<string, string[]>()
  private newsWanted = 0
  private readonly newsElsewhere = new Set<string>()
  private readonly statusListeners = new Set<() => void>()
  private readonly tabs: TabChannel
  private readonly watch = new StreamWatch(() => this.announce())
  private status: ConnectionStatus = 'disconnected'
  private leading: AbortController | undefined
  private isLeading = false
  private connection: AbortController | undefined
  private connectedTo = ''
  private retryMs: number | undefined
  private lastSignAt = 0
  private settling: ReturnType<typeof setTimeout> | undefined

  constructor() {
    this.tabs = openTabChannel((message) => this.hear(message))
    document.addEventListener('visibilitychange', () => this.settle())
    for (const name of ['pageshow', 'focus', 'online']) addEventListener(name, () => this.wake())
    document.addEventListener('resume', () => this.wake())
    addEventListener('pagehide', () =>
      this.tabs.send({ kind: 'wants', tab: this.tab, fileIds: [] }),
    )
  }

  /** Follows what is new of all files of this user until the returned function is called; see `onNews`. */
  followNews() {
    this.newsWanted += 1
    this.settle()
    return () => {
      this.newsWanted -= 1
      this.settle()
    }
  }

  /** Follows a file or a canvas until the returned function is called. */
  follow(fileId: string) {
    this.wanted.set(fileId, (this.wanted.get(fileId) ?? 0) + 1)
    this.settle()
    return () => {
      const left = (this.wanted.get(fileId) ?? 1) - 1
      if (left > 0) this.wanted.set(fileId, left)
      else this.wanted.delete(fileId)
      this.settle()
    }
  }

  getStatus = () => this.status

  onStatus = (listener: () => void) => {
    this.statusListeners.add(listener)
    return () => void this.statusListeners.delete(listener)
  }

  /** What is wanted changed, or who may lead: acts on it once things have settled. */
  private settle() {
    clearTimeout(this.settling)
    this.settling = setTimeout(() => {
      this.tellWants()
      const isWanted = this.wanted.size > 0 || this.newsWanted > 0
      const shouldLead = isWanted && document.visibilityState === 'visible'
      if (shouldLead && !this.leading) this.standForLead()
      else if (!shouldLead) this.stepDown()
      else this.reconnectIfOthersAreWanted()
    }, settleMs)
  }

  private standForLead() {
    const leading = new AbortController()
    this.leading = leading
    void holdLeadership(leading.signal, async () => {
      this.tabs.send({ kind: 'who' })
      await this.lead(leading.signal)
    })
  }

  private stepDown() {
    this.leading?.abort()
    this.leading = undefined
    this.watch.rest()
    this.setStatus('disconnected')
  }

  private async lead(signal: AbortSignal) {
    this.isLeading = true
    signal.addEventListener('abort', () => (this.isLeading = false), { once: true })
    while (!signal.aborted) {
      const connection = new AbortController()
      this.connection = connection
      const either = AbortSignal.any([signal, connection.signal])
      const restMs = await this.connectOnce(either)
      // Aborted on purpose, because the files changed: connect again at once. Else rest first.
      if (!either.aborted) await rest(restMs, either)
    }
  }

  /** One connection from start to end; answers how long to rest before the next. */
  private async connectOnce(signal: AbortSignal): Promise<number> {
    const channels = this.allChannels()
    this.connectedTo = channels.join()
    if (channels.length === 0) return (this.watch.rest(), idleMs)
    this.watch.begin()
    // A tab that follows other files than the last connection did has a status of its own kind.
    this.announce()
    this.retryMs = undefined
    this.lastSignAt = Date.now()
    const end = await readEventStream({
      url: withBasePath(`/api/v1/events/${channels.join(',')}`),
      lastEventId: cursorOf(this.allWanted()),
      signal,
      onBytes: () => {
        this.lastSignAt = Date.now()
        this.watch.alive()
      },
      onEvent: (event) => this.receive(event),
      onRetry: (ms) => (this.retryMs = ms),
    }).catch(() => 'broken' as const)
    if (end === 'nothing') return (this.watch.rest(), idleMs)
    if (!signal.aborted) this.watch.end(this.isSilent())
    return this.restMs()
  }

  private restMs() {
    if (this.retryMs !== undefined) return this.retryMs * (0.75 + 0.5 * Math.random())
    if (this.allWanted().length === 0) return calmRetryMs * (0.75 + 0.5 * Math.random())
    return retryMs.min + Math.random() * (retryMs.max - retryMs.min)
  }

  private receive({ type, object }: FileEvent) {
    if (isNewsObject(object)) {
      receiveNews(object.changes)
      this.tabs.send({ kind: 'news', changes: object.changes })
      return
    }
    if (isCanvasNews(object)) {
      receiveCanvasNews(object)
      this.tabs.send({ kind: 'canvas', news: object })
      return
    }
    if (isFileView(object)) {
      receiveView(object, 'sse')
      this.tabs.send({ kind: 'view', view: object })
      return
    }
    // Anything less than a whole view only says that there is news: look at the truth.
    const fileId = fileIdOf(object)
    if (!fileId || type === 'render_progress') return
    lookNow(fileId)
    this.tabs.send({ kind: 'look', fileId })
  }

  private hear(message: TabMessage) {
    switch (message.kind) {
      case 'wants':
        return this.hearWants(message)
      case 'who':
        return this.tellWants()
      case 'news':
        return receiveNews(message.changes)
      case 'canvas':
        return receiveCanvasNews(message.news)
      case 'view':
        return void receiveView(message.view, 'sse')
      case 'look':
        return lookNow(message.fileId)
      case 'status':
        return this.setStatus(message.status)
    }
  }

  private tellWants() {
    const fileIds = [...this.wanted.keys()]
    this.tabs.send({ kind: 'wants', tab: this.tab, fileIds, isNewsWanted: this.newsWanted > 0 })
  }

  private hearWants({ tab, fileIds, isNewsWanted }: Extract<TabMessage, { kind: 'wants' }>) {
    if (fileIds.length > 0) this.elsewhere.set(tab, fileIds)
    else this.elsewhere.delete(tab)
    if (isNewsWanted) this.newsElsewhere.add(tab)
    else this.newsElsewhere.delete(tab)
    if (!this.isLeading) return
    this.reconnectIfOthersAreWanted()
    // A tab that has just come knows nothing of the stream.
    this.announce()
  }

  private reconnectIfOthersAreWanted() {
    if (this.allChannels().join() !== this.connectedTo) this.connection?.abort()
  }

  /** Back from sleep or offline: a stream that was silent for two heartbeats is not to be trusted. */
  private wake() {
    for (const id of this.wanted.keys())
      if (isCanvasId(id)) receiveCanvasNews({ canvasId: id, version: 0 })
      else lookNow(id)
    if (this.isSilent()) this.connection?.abort()
  }

  /** By the clock of the day, which goes on while the machine sleeps; one that was set is no proof of life either. */
  private isSilent() {
    return Math.abs(Date.now() - this.lastSignAt) > 2 * heartbeatMs
  }

  private allWanted() {
    const ids = new Set([...this.wanted.keys(), ...[...this.elsewhere.values()].flat()])
    return [...ids].toSorted().slice(0, filesAtMost)
  }

  private allChannels() {
    const hasNews = this.newsWanted > 0 || this.newsElsewhere.size > 0
    return [...(hasNews ? [newsChannelName] : []), ...this.allWanted().map(channelOf)]
  }

  /** Tells all tabs how the stream is. One that only waits for news has nothing to follow. */
  private announce() {
    const status = this.allWanted().length > 0 ? this.watch.status : 'disconnected'
    this.setStatus(status)
    this.tabs.send({ kind: 'status', status })
  }

  private setStatus(status: ConnectionStatus) {
    if (status === this.status) return
    this.status = status
    for (const listener of this.statusListeners) listener()
  }
}

function fileIdOf(object: object) {
  const { fileId, file_id, id } = object as Record<string, unknown>
  return [fileId, file_id, id].find((one) => typeof one === 'string')
}

function cursorOf(fileIds: string[]) {
  const seen = fileIds.map((id) => ({ id, version: peekView(id)?.version }))
  return seen.flatMap(({ id, version }) => (version ? [`${id}:${version}`] : [])).join(',')
}

function rest(ms: number, signal: AbortSignal) {
  return new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}
