import type { FileRow } from '../files/file-row.ts'
import { fileViewOf } from '../files/file-view-of.ts'
import { isFinalState } from '../files/file-states.ts'
import { eventId } from './cursor.ts'
import { encodeGone, encodeOpening, encodeView } from './encode-event.ts'
import { type EventHub, hub as processHub } from './hub.ts'
import { type OpenStream, openStreams } from './open-streams.ts'

export interface EventStreamOptions {
  fileIds: readonly string[]
  /** The row of a file where the asker may see it. Called once a file, after the subscription stands. */
  snapshotOf(fileId: string): Promise<FileRow | undefined>
  /** What the client has seen already. */
  cursor: ReadonlyMap<string, number>
  hub?: EventHub
}

/** The stream itself; `covered` where everything is final and seen; `unknown` where none of the files is there. */
export type EventStream = ReadableStream<Uint8Array> | 'covered' | 'unknown'

// A reader this far behind is gone or stuck. He is dropped, comes back with his cursor, and has lost nothing.
const maxBacklogBytes = 256 * 1024
const retryMs = 2_000

const encoder = new TextEncoder()
const openingBytes = encoder.encode(encodeOpening(retryMs))

/**
 * The events of some files, from now on and without a gap: subscribes first, then sends the snapshot, then what
 * came meanwhile. Ends by itself when every file is final.
 */
export async function openEventStream(options: EventStreamOptions): Promise<EventStream> {
  const feed = new Feed(options)
  try {
    await feed.subscribe(options.hub ?? processHub())
    const rows = await Promise.all(options.fileIds.map(options.snapshotOf))
    const outcome = feed.judge(rows)
    if (outcome) feed.close()
    return outcome ?? feed.start(rows)
  } catch (error) {
    feed.close()
    throw error
  }
}

class Feed implements OpenStream {
  private readonly options: EventStreamOptions
  private readonly sent: Map<string, number>
  private readonly open: Set<string>
  private readonly unsubscribes: (() => void)[] = []
  /** What was told between subscription and snapshot. */
  private meanwhile: { fileId: string; row: FileRow | undefined }[] | undefined = []
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined

  constructor(options: EventStreamOptions) {
    this.options = options
    this.sent = new Map(options.cursor)
    this.open = new Set(options.fileIds)
  }

  async subscribe(hub: EventHub) {
    for (const fileId of this.open)
      this.unsubscribes.push(await hub.subscribe(fileId, (row) => this.tell(fileId, row)))
  }

  judge(rows: (FileRow | undefined)[]): 'covered' | 'unknown' | undefined {
    if (rows.every((row) => !row)) return 'unknown'
    const isCovered = (row: FileRow | undefined) =>
      row && isFinalState(row.state) && (this.sent.get(row.id) ?? 0) >= row.version
    return rows.every(isCovered) ? 'covered' : undefined
  }

  start(rows: (FileRow | undefined)[]) {
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.controller = controller
          openStreams().add(this)
          this.send(openingBytes)
          this.options.fileIds.forEach((fileId, index) => this.tellNow(fileId, rows[index]))
          const meanwhile = this.meanwhile ?? []
          this.meanwhile = undefined
          for (const { fileId, row } of meanwhile) this.tellNow(fileId, row)
        },
        cancel: () => this.close(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: maxBacklogBytes }),
    )
  }

  send(bytes: Uint8Array) {
    if (!this.controller) return
    this.controller.enqueue(bytes)
    if ((this.controller.desiredSize ?? 0) > 0) return
    this.controller.error(new Error('the reader is too slow'))
    this.close()
  }

  end() {
    this.controller?.close()
    this.close()
  }

  close() {
    this.controller = undefined
    openStreams().remove(this)
    for (const unsubscribe of this.unsubscribes) unsubscribe()
  }

  private tell(fileId: string, row: FileRow | undefined) {
    if (this.meanwhile) this.meanwhile.push({ fileId, row })
    else this.tellNow(fileId, row)
  }

  private tellNow(fileId: string, row: FileRow | undefined) {
    if (!this.open.has(fileId) || !this.controller) return
    if (!row) this.send(encoder.encode(encodeGone(fileId)))
    else if (row.version > (this.sent.get(fileId) ?? 0)) {
      this.sent.set(fileId, row.version)
      this.send(encodedRow(row, this.options.fileIds.length === 1))
    }
    if (!row || isFinalState(row.state)) this.open.delete(fileId)
    if (this.open.size === 0) this.end()
  }
}

const encodedRows = new WeakMap<FileRow, Map<boolean, Uint8Array>>()

/** A row's messages, encoded once however many streams they go to. */
function encodedRow(row: FileRow, isOnlyFile: boolean) {
  const encodings = encodedRows.get(row) ?? new Map<boolean, Uint8Array>()
  encodedRows.set(row, encodings)
  const known = encodings.get(isOnlyFile)
  if (known) return known
  const encoded = encoder.encode(encodeView(fileViewOf(row), eventId(row.id, row.version, isOnlyFile)))
  encodings.set(isOnlyFile, encoded)
  return encoded
}
