import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { databaseAddress } from '../db/client.ts'
import type { GenerationRow } from '../generations/row.ts'
import { newsChannel, parseNews } from '../generations/news.ts'
import { findGeneration } from '../generations/queries.ts'
import { log } from '../log.ts'
import { pace } from '../pace.ts'
import { processWide } from '../process-wide.ts'
import { FanOut } from './fan-out.ts'
import { type NewsListener, OwnerNews } from './owner-news.ts'

/** Told the row as it is now; undefined once it is gone. Not once a change: several changes may be one call. */
export type FileListener = (row: GenerationRow | undefined) => void

/** Told the version that a canvas has by now; 0 where some may have been missed. */
export type CanvasListener = (version: number) => void

const canvasChannel = 'canvas'
const keepAliveMs = 10_000

/**
 * One connection a process that listens, fanned out in memory to all that watch a file or an owner. A notification is
 * a hint: the hub reads the row of a file, once for all its listeners; the news of an owner are handed on as they are.
 * After the connection was lost every watched row is read again and every owner told to look, so that what happened
 * meanwhile is told too.
 */
export class EventHub {
  private readonly listeners = new FanOut<FileListener>()
  private readonly owners = new OwnerNews()
  private readonly canvases = new FanOut<CanvasListener>()
  private readonly reading = new Set<string>()
  private readonly dirty = new Set<string>()
  private readonly queued = new Set<string>()
  private queueTimer: NodeJS.Timeout | undefined
  private client: pg.Client | undefined
  private listening: Promise<void> | undefined
  private closed = false

  /** Watches a file from now on; resolves once nothing that happens can be missed any more. */
  async subscribe(fileId: string, listener: FileListener): Promise<() => void> {
    this.listeners.add(fileId, listener)
    return this.onceListening(() => {
      if (this.listeners.remove(fileId, listener)) this.noteQueued(fileId, false)
    })
  }

  /** Watches what is new of an owner's files, in the same way. */
  async subscribeOwner(ownerId: string, listener: NewsListener): Promise<() => void> {
    return this.onceListening(this.owners.add(ownerId, listener))
  }

  /** Watches the version of a canvas, in the same way. */
  async subscribeCanvas(canvasId: string, listener: CanvasListener): Promise<() => void> {
    this.canvases.add(canvasId, listener)
    return this.onceListening(() => void this.canvases.remove(canvasId, listener))
  }

  /**
   * Has the place of a queued generation looked at now and then, for as long as it is watched: places are computed, not
   * written, so no notification tells that one has moved.
   */
  noteQueued(fileId: string, isQueued: boolean) {
    if (isQueued && this.listeners.has(fileId)) this.queued.add(fileId)
    else this.queued.delete(fileId)
    if (this.queued.size > 0)
      this.queueTimer ??= setInterval(() => {
        for (const id of this.queued) this.hint(id)
      }, pace().queueLookMs).unref()
    else {
      clearInterval(this.queueTimer)
      this.queueTimer = undefined
    }
  }

  get watchedFiles() {
    return this.listeners.size
  }

  get watchedCanvases() {
    return this.canvases.size
  }

  get watchedOwners() {
    return this.owners.watchedOwners
  }

  async close() {
    this.closed = true
    clearInterval(this.queueTimer)
    this.owners.close()
    await this.client?.end().catch(() => {})
  }

  private async onceListening(unsubscribe: () => void) {
    await this.listen().catch((error: unknown) => {
      unsubscribe()
      throw error
    })
    return unsubscribe
  }

  private listen() {
    this.listening ??= this.connect().catch((error: unknown) => {
      this.listening = undefined
      throw error
    })
    return this.listening
  }

  private async connect() {
    const client = new pg.Client({
      connectionString: databaseAddress(),
      application_name: 'photofinish-events',
      keepAlive: true,
      keepAliveInitialDelayMillis: keepAliveMs,
    })
    client.on('error', (error) =>
      log().warn({ err: error }, 'the event listener lost its connection'),
    )
    client.on('end', () => void this.reconnect(client))
    client.on('notification', (notification) => this.hear(notification))
    try {
      await client.connect()
      await client.query(`listen generation; listen ${newsChannel}; listen ${canvasChannel}`)
    } catch (error) {
      // Half a connection would be held by the database until this process ends.
      await client.end().catch(() => {})
      throw error
    }
    this.client = client
    if (this.closed) await client.end()
  }

  private async reconnect(lost: pg.Client) {
    if (this.closed || this.client !== lost) return
    this.client = undefined
    this.listening = undefined
    while (!this.closed) {
      await sleep(pace().relistenMs)
      const isBack = await this.listen().then(
        () => true,
        () => false,
      )
      if (isBack) break
    }
    for (const fileId of this.listeners.keys()) this.hint(fileId)
    this.owners.tellMissed()
    for (const canvasId of this.canvases.keys()) this.tellCanvas(canvasId, 0)
  }

  private hear({ channel, payload }: pg.Notification) {
    if (channel === canvasChannel) {
      const [canvasId = '', version] = payload?.split(':') ?? []
      return this.tellCanvas(canvasId, Number(version))
    }
    if (channel !== newsChannel) return this.hint(payload?.split(':')[0] ?? '')
    const news = parseNews(payload)
    if (news) this.owners.take(news)
  }

  private tellCanvas(canvasId: string, version: number) {
    for (const listener of this.canvases.of(canvasId)) listener(version)
  }

  /** Reads a row for all its listeners. One read at a time a file; hints that come meanwhile make one more. */
  private hint(fileId: string) {
    if (!this.listeners.has(fileId)) return
    if (this.reading.has(fileId)) {
      this.dirty.add(fileId)
      return
    }
    this.reading.add(fileId)
    void this.read(fileId)
  }

  private async read(fileId: string) {
    try {
      const row = await findGeneration(fileId)
      const present = row?.deletedAt ? undefined : row
      this.noteQueued(fileId, present?.state === 'queued')
      for (const listener of this.listeners.of(fileId)) listener(present)
    } catch (error) {
      log().warn({ err: error, fileId }, 'a watched file could not be read')
    } finally {
      this.reading.delete(fileId)
      if (this.dirty.delete(fileId)) this.hint(fileId)
    }
  }
}

/** The process's hub. */
export function hub() {
  return processWide('hub', () => new EventHub())
}
