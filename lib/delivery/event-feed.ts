import { withBasePath } from '#lib/contract/calls/base-path'
import { channelOf, type FileEvent, heartbeatMs, isFileView } from '#lib/contract/file-view'
import type { ConnectionStatus } from './connection-status.ts'
import { lookNow, peekView, receiveView } from './file-store.ts'
import { holdLeadership, type TabChannel, type TabMessage, openTabChannel } from './tabs.ts'
import { readEventStream } from './read-event-stream.ts'

const settleMs = 50
const idleMs = 30_000
const retryMs = { min: 1_000, max: 3_000 }

/**
 * The one event stream of this browser, for any number of files and tabs. A tab that is visible and follows a file
 * asks for the lead; the leader reads one stream for the files of all tabs and passes on what comes. Six
 * connections are all a browser gives an HTTP/1.1 server, over all tabs: a stream a video would starve the poll.
 */
class EventFeed {
  private readonly tab = Math.random().toString(36).slice(2)
  private readonly wanted = new Map<string, number>()
  private readonly elsewhere = new Map<string, string[]>()
  private readonly statusListeners = new Set<() => void>()
  private readonly tabs: TabChannel
  private status: ConnectionStatus = 'disconnected'
  private leading: AbortController | undefined
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

  /** Follows a file until the returned function is called. */
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
      this.tabs.send({ kind: 'wants', tab: this.tab, fileIds: [...this.wanted.keys()] })
      const shouldLead = this.wanted.size > 0 && document.visibilityState === 'visible'
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
    this.setStatus('disconnected')
  }

  private async lead(signal: AbortSignal) {
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
    const fileIds = this.allWanted()
    this.connectedTo = fileIds.join()
    this.announce(fileIds.length > 0 ? 'connecting' : 'disconnected')
    if (fileIds.length === 0) return idleMs
    this.retryMs = undefined
    this.lastSignAt = Date.now()
    const end = await readEventStream({
      url: withBasePath(`/api/v1/events/${fileIds.map(channelOf).join(',')}`),
      lastEventId: cursorOf(fileIds),
      signal,
      onOpen: () => this.announce('connected'),
      onEvent: (event) => this.receive(event),
      onRetry: (ms) => (this.retryMs = ms),
    }).catch(() => 'broken' as const)
    if (!signal.aborted) this.announce(end === 'nothing' ? 'disconnected' : 'connecting')
    if (end === 'nothing') return idleMs
    const jittered = retryMs.min + Math.random() * (retryMs.max - retryMs.min)
    return this.retryMs === undefined ? jittered : this.retryMs * (0.75 + 0.5 * Math.random())
  }

  private receive({ type, object }: FileEvent) {
    this.lastSignAt = Date.now()
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
        return this.hearWants(message.tab, message.fileIds)
      case 'who':
        return this.tabs.send({ kind: 'wants', tab: this.tab, fileIds: [...this.wanted.keys()] })
      case 'view':
        return void receiveView(message.view, 'sse')
      case 'look':
        return lookNow(message.fileId)
      case 'status':
        return this.setStatus(message.status)
    }
  }

  private hearWants(tab: string, fileIds: string[]) {
    if (fileIds.length > 0) this.elsewhere.set(tab, fileIds)
    else this.elsewhere.delete(tab)
    this.reconnectIfOthersAreWanted()
  }

  private reconnectIfOthersAreWanted() {
    if (this.allWanted().join() !== this.connectedTo) this.connection?.abort()
  }

  /** Back from sleep or offline: a stream that was silent for two heartbeats is not to be trusted. */
  private wake() {
    for (const fileId of this.wanted.keys()) lookNow(fileId)
    if (Date.now() - this.lastSignAt > 2 * heartbeatMs) this.connection?.abort()
  }

  private allWanted() {
    const ids = new Set([...this.wanted.keys(), ...[...this.elsewhere.values()].flat()])
    return [...ids].toSorted()
  }

  private announce(status: ConnectionStatus) {
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

let feed: EventFeed | undefined

/** This tab's feed; made at the first use, in the browser only. */
export function eventFeed() {
  return (feed ??= new EventFeed())
}
