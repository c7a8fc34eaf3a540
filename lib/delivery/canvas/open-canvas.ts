import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import { type CanvasChange, type CanvasView, isCanvasView } from '#lib/contract/canvas/canvas'
import { readAnswer } from '#lib/contract/problem'
import { eventFeed } from '../feed.ts'
import type { CanvasDoc } from './canvas-doc.ts'
import { onCanvasNews } from './canvas-news.ts'
import { type CanvasServer, CanvasSync } from './canvas-sync.ts'
import { ChangeKeeper } from './kept-changes.ts'

const lookMs = 10_000
// What is dragged is saved twice a second; what is done once, at once.
const firstSaveMs = 80
const saveMs = 500
const retryMs = { min: 1_000, max: 30_000 }
const timeoutMs = 20_000

const docs = new Map<string, OpenCanvas>()

/**
 * The canvas of this tab under an id; the same one however often it is asked for. It is kept fresh while it is listened to,
 * and begins as what the page was sent with, where that is given.
 */
export function openCanvasDoc(id: string, sent?: CanvasView | null): CanvasDoc {
  const doc = docs.get(id) ?? new OpenCanvas(id, sent)
  docs.set(id, doc)
  return doc
}

class OpenCanvas implements CanvasDoc {
  readonly id: string
  private readonly sync: CanvasSync
  private readonly keeper: ChangeKeeper
  private running: Promise<void> | undefined
  private isLookDue = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private timerAt = Infinity
  private lastSentAt = 0
  private failures = 0
  private listeners = 0
  private stop = () => {}

  constructor(id: string, sent?: CanvasView | null) {
    this.id = id
    this.keeper = new ChangeKeeper(id, shelf(), randomText(12))
    this.sync = new CanvasSync(serverOf(id), this.keeper)
    if (sent) this.sync.begin(sent)
  }

  read = () => this.sync.read()

  subscribe = (listener: () => void) => {
    const unsubscribe = this.sync.subscribe(listener)
    if (this.listeners++ === 0) this.start()
    return () => {
      unsubscribe()
      if (--this.listeners === 0) this.stop()
    }
  }

  apply(changes: readonly CanvasChange[]) {
    if (changes.length === 0) return
    this.sync.apply(changes)
    this.saveSoon()
  }

  rename(name: string) {
    this.sync.rename(name)
    this.saveSoon()
  }

  async flush() {
    await this.running?.catch(() => {})
    while (this.sync.isWaiting) {
      this.running ??= this.work()
      await this.running
    }
  }

  /** Follows the canvas until nothing listens any more; what waits is still sent. */
  private start() {
    for (const left of this.keeper.takeLeft()) this.sync.takeOver(left)
    const ends = [
      eventFeed().follow(this.id),
      onCanvasNews(this.id, (version) => {
        if (version === 0 || version > this.sync.seen) this.look()
      }),
      on(globalThis, 'online', () => this.again()),
      on(globalThis, 'pagehide', () => this.sync.leave()),
      on(document, 'visibilitychange', () => {
        if (document.visibilityState === 'hidden') this.wake(0)
        else this.look()
      }),
    ]
    const looks = setInterval(() => {
      if (document.visibilityState === 'visible') this.look()
    }, lookMs)
    this.stop = () => {
      clearInterval(looks)
      for (const end of ends) end()
      this.wake(0)
    }
    this.look()
  }

  private look() {
    this.isLookDue = true
    // While a request fails, the next try looks as well.
    if (this.failures === 0) this.wake(0)
  }

  private again() {
    this.failures = 0
    this.look()
  }

  private saveSoon() {
    if (this.failures > 0) return
    this.wake(Math.max(firstSaveMs, this.lastSentAt + saveMs - Date.now()))
  }

  /** Works after so long, or sooner where that is due already. */
  private wake(ms: number) {
    const at = Date.now() + ms
    if (at >= this.timerAt && ms > 0) return
    clearTimeout(this.timer)
    this.timerAt = at
    this.timer = setTimeout(() => {
      this.timerAt = Infinity
      this.running ??= this.work()
      this.running.catch(() => {})
    }, ms)
  }

  /** One request: what waits is sent, or it is looked for what others did. */
  private async work() {
    try {
      if (this.sync.isWaiting) {
        this.lastSentAt = Date.now()
        await this.sync.send()
      } else if (this.isLookDue) {
        this.isLookDue = false
        await this.sync.look()
      }
      this.failures = 0
    } catch (error) {
      this.failures += 1
      throw error
    } finally {
      this.running = undefined
      this.next()
    }
  }

  private next() {
    if (this.failures > 0) {
      this.isLookDue = true
      this.wake(Math.min(retryMs.max, retryMs.min * 2 ** (this.failures - 1)))
    } else if (this.sync.isWaiting) this.saveSoon()
    else if (this.isLookDue) this.wake(0)
  }
}

function serverOf(id: string): CanvasServer {
  const path = withBasePath(`/api/canvas/${encodeURIComponent(id)}`)
  return {
    newRequestId: () => randomText(32),
    read: async (since) => {
      const url = `${path}?since=${since}`
      return readAnswer(
        await callApi(url, { signal: AbortSignal.timeout(timeoutMs) }),
        isCanvasView,
      )
    },
    change: async (patch) => {
      const init: RequestInit = {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(patch),
        signal: AbortSignal.timeout(timeoutMs),
      }
      return readAnswer(await callApi(path, init), isCanvasView)
    },
  }
}

function on(
  target: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>,
  name: string,
  listener: () => void,
) {
  target.addEventListener(name, listener)
  return () => target.removeEventListener(name, listener)
}

/** This browser's store; none where it is not allowed. */
function shelf() {
  try {
    return globalThis.localStorage
  } catch {
    return undefined
  }
}

function randomText(length: number) {
  const bytes = crypto.getRandomValues(new Uint8Array(length))
  return Array.from(bytes, (byte) => (byte % 36).toString(36)).join('')
}
