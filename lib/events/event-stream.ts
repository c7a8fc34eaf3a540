import type { FileNews } from '#lib/contract/file-view'
import type { GenerationRow } from '../generations/row.ts'
import { fileViewOf } from '../generations/view.ts'
import { isFinalState } from '../generations/states.ts'
import { eventId } from './cursor.ts'
import { encodeCanvas, encodeGone, encodeNews, encodeOpening, encodeView } from './encode-event.ts'
import { type EventHub, hub as processHub } from './hub.ts'
import { type OpenStream, openStreams } from './open-streams.ts'
import { type Outlet, type PushSource, PushStream } from './push-stream.ts'

export interface EventStreamOptions {
  fileIds: readonly string[]
  /** The row of a file, if the reader may see it. Called once a file, after the subscription is open. */
  snapshotOf(fileId: string): Promise<GenerationRow | undefined>
  /** What the client has seen already. */
  cursor: ReadonlyMap<string, number>
  /** Whose news come along: that a file was started, ended or was deleted. Such a stream never ends by itself. */
  newsOf?: string | undefined
  /** The user whose notices come along, where that is not the same. */
  toldOf?: string | undefined
  /** Canvases whose versions come along. Such a stream never ends by itself either. */
  canvasIds?: readonly string[]
  /** The version of a canvas, if the reader may see it. Called once a canvas, after the subscription is open. */
  versionOf?(canvasId: string): Promise<number | undefined>
  /** Told how the stream can be ended from outside once it flows; answers what is to be called when it is over. */
  whileOpen?: (end: () => void) => () => void
  hub?: EventHub
}

/** The stream itself; `covered` where everything is final and seen; `unknown` where none of the files is there. */
export type EventStream = PushStream | 'covered' | 'unknown'

// A reader this far behind is gone or stuck. It is dropped, comes back with its cursor, and has lost nothing.
const maxBacklogBytes = 256 * 1024
const retryMs = 2_000

const encoder = new TextEncoder()
const openingBytes = encoder.encode(encodeOpening(retryMs))
// What happened before the stream stood was not told: at its beginning one looks.
const lookBytes = encoder.encode(encodeNews([]))

/**
 * The events of some files, from now on and without a gap: subscribes first, then sends the snapshot, then what
 * came meanwhile. Ends by itself when every file is final, unless the news of an owner come along.
 */
export async function openEventStream(options: EventStreamOptions): Promise<EventStream> {
  const feed = new Feed(options)
  try {
    await feed.subscribe(options.hub ?? processHub())
    const rows = await Promise.all(options.fileIds.map(options.snapshotOf))
    await feed.lookAtCanvases(options.versionOf)
    const outcome = feed.judge(rows)
    if (outcome) feed.close()
    return outcome ?? new PushStream(feed)
  } catch (error) {
    feed.close()
    throw error
  }
}

/** Whether all of these files are final, and seen as they are. */
export function isCovered(
  rows: readonly (GenerationRow | undefined)[],
  seen: ReadonlyMap<string, number>,
) {
  return rows.every(
    (row) => row && isFinalState(row.state) && (seen.get(row.id) ?? 0) >= row.version,
  )
}

class Feed implements OpenStream, PushSource {
  private readonly fileIds: readonly string[]
  private readonly canvasIds: readonly string[]
  private readonly newsOf: string | undefined
  private readonly toldOf: string | undefined
  private whileOpen: EventStreamOptions['whileOpen']
  private readonly sent: Map<string, number>
  /** The places in the queue that were sent. Most streams have none to send. */
  private places: Map<string, number | null> | undefined
  /** The canvases the reader may see, each with the version that was told. Most streams have none. */
  private canvases: Map<string, number> | undefined
  private heard: Map<string, number> | undefined
  private readonly open: Set<string>
  private readonly unsubscribes: (() => void)[] = []
  /** The snapshot, and what was told before anything could flow; undefined once it does. */
  private pending: { fileId: string; row: GenerationRow | undefined }[] | undefined = []
  private outlet: Outlet | undefined
  private hub: EventHub | undefined
  private release: (() => void) | undefined

  constructor(options: EventStreamOptions) {
    this.fileIds = options.fileIds
    this.canvasIds = options.canvasIds ?? []
    this.newsOf = options.newsOf
    this.toldOf = options.toldOf
    this.whileOpen = options.whileOpen
    this.sent = new Map(options.cursor)
    this.open = new Set(options.fileIds)
  }

  async subscribe(hub: EventHub) {
    for (const fileId of this.open)
      this.unsubscribes.push(await hub.subscribe(fileId, (row) => this.publish(fileId, row)))
    const { newsOf, toldOf } = this
    if (newsOf !== undefined)
      this.unsubscribes.push(await hub.subscribeOwner(newsOf, (news) => this.tell(news)))
    if (newsOf !== undefined && toldOf !== undefined && toldOf !== newsOf)
      this.unsubscribes.push(await hub.subscribeOwner(toldOf, (news) => this.tellNotices(news)))
    for (const id of this.canvasIds)
      this.unsubscribes.push(
        await hub.subscribeCanvas(id, (version) => this.tellCanvas(id, version)),
      )
    this.hub = hub
  }

  /** Of one that the reader may not see nothing is told but that there is none. */
  async lookAtCanvases(versionOf: EventStreamOptions['versionOf']) {
    for (const id of this.canvasIds) {
      const version = await versionOf?.(id)
      if (version !== undefined) (this.canvases ??= new Map()).set(id, version)
    }
  }

  /** Takes the snapshot; says where it leaves nothing to stream. */
  judge(rows: (GenerationRow | undefined)[]): 'covered' | 'unknown' | undefined {
    if (!this.isLasting && rows.every((row) => !row)) return 'unknown'
    if (!this.isLasting && isCovered(rows, this.sent)) return 'covered'
    for (const row of rows) if (row?.state === 'queued') this.hub?.noteQueued(row.id, true)
    const snapshot = rows.map((row, index) => ({ fileId: this.fileIds[index]!, row }))
    this.pending = [...snapshot, ...this.pending!]
    return undefined
  }

  /** What there is to say at once goes out as one piece, however long: no reader is slow before it was given a thing. */
  flowTo(outlet: Outlet) {
    this.outlet = outlet
    openStreams().add(this)
    this.release = this.whileOpen?.(() => openStreams().endOne(this))
    this.whileOpen = undefined
    const pending = this.pending ?? []
    this.pending = undefined
    const news = pending.map(({ fileId, row }) => this.bytesOf(fileId, row))
    const look = this.hasNews ? [lookBytes] : []
    const canvases = this.canvasIds.map((id) => {
      const version = this.canvases?.get(id)
      if (version === undefined) return encoder.encode(encodeGone(id))
      return encoder.encode(encodeCanvas(id, Math.max(version, this.heard?.get(id) ?? 0)))
    })
    const first = [
      openingBytes,
      ...look,
      ...canvases,
      ...news.filter((bytes) => bytes !== undefined),
    ]
    outlet.push(Buffer.concat(first))
    this.endIfOver()
  }

  send(bytes: Uint8Array) {
    if (!this.outlet) return
    if (this.outlet.backlogBytes < maxBacklogBytes) return this.outlet.push(bytes)
    this.outlet.fail(new Error('the reader is too slow'))
    this.close()
  }

  end() {
    this.outlet?.end()
    this.close()
  }

  close() {
    this.outlet = undefined
    openStreams().remove(this)
    this.release?.()
    for (const unsubscribe of this.unsubscribes) unsubscribe()
  }

  private publish(fileId: string, row: GenerationRow | undefined) {
    if (this.pending) {
      this.pending.push({ fileId, row })
      return
    }
    const news = this.bytesOf(fileId, row)
    if (news) this.send(news)
    this.endIfOver()
  }

  /** Before anything flows there is nothing to tell: the stream begins with the call to look. */
  private tell(changes: readonly FileNews[]) {
    if (!this.pending) this.send(encodedNews(changes))
  }

  /** What is heard before anything flows is what the stream begins with; a version is told once. */
  private tellCanvas(id: string, version: number) {
    if (this.pending) {
      ;(this.heard ??= new Map()).set(id, version)
      return
    }
    const told = this.canvases?.get(id)
    // 0: some may have been missed.
    if (told === undefined || (version !== 0 && version <= told)) return
    this.canvases!.set(id, version)
    this.send(encoder.encode(encodeCanvas(id, version)))
  }

  /** Of another owner whose user this is, the notices alone. */
  private tellNotices(changes: readonly FileNews[]) {
    const told = changes.filter(({ change }) => change === 'told')
    if (told.length > 0) this.tell(told)
  }

  private get hasNews() {
    return this.newsOf !== undefined
  }

  /** What never ends by itself: news of an owner, and of canvases. */
  private get isLasting() {
    return this.hasNews || this.canvases !== undefined
  }

  private endIfOver() {
    if (this.open.size === 0 && !this.isLasting) this.end()
  }

  /** The bytes that tell a row, unless it is known already; a new place in the queue is news of the same version. */
  private bytesOf(fileId: string, row: GenerationRow | undefined): Uint8Array | undefined {
    if (!this.open.has(fileId)) return undefined
    if (!row || isFinalState(row.state)) this.open.delete(fileId)
    if (!row) return encoder.encode(encodeGone(fileId))
    const hasMoved = row.queuePlace !== (this.places?.get(fileId) ?? row.queuePlace)
    if (row.queuePlace !== null || this.places) {
      this.places ??= new Map()
      this.places.set(fileId, row.queuePlace)
    }
    if (row.version <= (this.sent.get(fileId) ?? 0) && !hasMoved) return undefined
    this.sent.set(fileId, row.version)
    return encodedRow(row, this.fileIds.length === 1)
  }
}

const encodedChanges = new WeakMap<readonly FileNews[], Uint8Array>()

/** Encoded once however many streams of the owner they go to. */
function encodedNews(changes: readonly FileNews[]): Uint8Array {
  const encoded = encodedChanges.get(changes) ?? encoder.encode(encodeNews(changes))
  encodedChanges.set(changes, encoded)
  return encoded
}

const encodedRows = new WeakMap<GenerationRow, Map<boolean, Uint8Array>>()

/** A row's messages, encoded once however many streams they go to. */
function encodedRow(row: GenerationRow, isOnlyFile: boolean) {
  const encodings = encodedRows.get(row) ?? new Map<boolean, Uint8Array>()
  encodedRows.set(row, encodings)
  const known = encodings.get(isOnlyFile)
  if (known) return known
  const encoded = encoder.encode(
    encodeView(fileViewOf(row), eventId(row.id, row.version, isOnlyFile)),
  )
  encodings.set(isOnlyFile, encoded)
  return encoded
}
