import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { databaseAddress } from '../db/client.ts'
import type { FileRow } from '../files/file-row.ts'
import { findFile } from '../files/find-file.ts'
import { log } from '../log.ts'
import { pace } from '../pace.ts'
import { processWide } from '../process-wide.ts'

/** Told the row as it is now; undefined once it is gone. Not once a change: several changes may be one call. */
export type FileListener = (row: FileRow | undefined) => void

const keepAliveMs = 10_000

/**
 * One LISTEN a process, fanned out in memory to everybody who watches a file. A notification is a hint: the hub
 * reads the row, once for all its listeners. After the listener's connection was lost every watched row is read
 * again, so that what happened meanwhile is told too.
 */
export class EventHub {
  private readonly listeners = new Map<string, Set<FileListener>>()
  private readonly reading = new Set<string>()
  private readonly dirty = new Set<string>()
  private client: pg.Client | undefined
  private listening: Promise<void> | undefined
  private closed = false

  /** Watches a file from now on; resolves once nothing that happens can be missed any more. */
  async subscribe(fileId: string, listener: FileListener): Promise<() => void> {
    const set = this.listeners.get(fileId) ?? new Set()
    this.listeners.set(fileId, set.add(listener))
    await this.listen()
    return () => {
      set.delete(listener)
      if (set.size === 0 && this.listeners.get(fileId) === set) this.listeners.delete(fileId)
    }
  }

  get watchedFiles() {
    return this.listeners.size
  }

  async close() {
    this.closed = true
    await this.client?.end().catch(() => {})
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
    client.on('notification', ({ payload }) => this.hint(payload?.split(':')[0] ?? ''))
    await client.connect()
    await client.query('listen file_event')
    this.client = client
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
      const row = await findFile(fileId)
      const present = row?.deletedAt ? undefined : row
      for (const listener of this.listeners.get(fileId) ?? []) listener(present)
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
