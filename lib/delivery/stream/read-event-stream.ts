import { noteServerTime } from '#lib/contract/answer-headers'
import { heartbeatMs, type FileEvent, isFileEvent } from '#lib/contract/file-view'
import { createParser } from 'eventsource-parser'

export interface EventStreamHandlers {
  /** Bytes came, of whatever kind: the stream is alive. */
  onBytes(): void
  onEvent(event: FileEvent): void
  /** The server says when to come back after the stream ends, in milliseconds. */
  onRetry(ms: number): void
}

export interface EventStreamOptions extends EventStreamHandlers {
  url: string
  lastEventId: string
  signal: AbortSignal
  fetch?: typeof globalThis.fetch
  /** Silence after which the connection counts as dead: half-open connections never end by themselves. */
  silenceMs?: number
}

/** How a stream ended: `nothing` (204) means that all is final and seen, `refused` that the server would not. */
export type StreamEnd = 'ended' | 'nothing' | 'refused'

const maxBufferSize = 1024 * 1024

/**
 * Reads one event stream to its end. Read with fetch and not EventSource: that one gives up for good at any status
 * but 200, and tells no reason. Rejects where the connection broke, was silent too long or was aborted.
 */
export async function readEventStream(options: EventStreamOptions): Promise<StreamEnd> {
  const { silenceMs = 2.5 * heartbeatMs, fetch = globalThis.fetch } = options
  const silent = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const alive = () => {
    clearTimeout(timer)
    timer = setTimeout(() => silent.abort(new Error('the stream went silent')), silenceMs)
  }
  alive()
  try {
    const response = await fetch(options.url, {
      headers: { accept: 'text/event-stream', 'last-event-id': options.lastEventId },
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.any([options.signal, silent.signal]),
    })
    if (response.status === 204) return 'nothing'
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
    if (!response.ok || !isStream || !response.body) {
      await response.body?.cancel()
      return 'refused'
    }
    noteServerTime(response.headers)
    await readMessages(response.body, options, alive)
    return 'ended'
  } finally {
    clearTimeout(timer)
  }
}

async function readMessages(
  body: ReadableStream<Uint8Array>,
  { onEvent, onRetry, onBytes }: EventStreamHandlers,
  alive: () => void,
) {
  const parser = createParser({
    maxBufferSize,
    onEvent: ({ data }) => {
      const event = parseEvent(data)
      if (event) onEvent(event)
    },
    onRetry,
  })
  const reader = body
    .pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
    .getReader()
  while (true) {
    const { done, value } = await reader.read()
    if (done) return
    alive()
    onBytes()
    parser.feed(value)
  }
}

/** What is not ours, or not whole, is no news: the poll tells the same. */
function parseEvent(data: string): FileEvent | undefined {
  try {
    const event: unknown = JSON.parse(data)
    return isFileEvent(event) ? event : undefined
  } catch {
    return undefined
  }
}
