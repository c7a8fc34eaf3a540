import type { FileEvent, FileView } from './api-types.ts'
import { PhotofinishError, errorOf } from './errors.ts'
import { messagesOf } from './event-stream.ts'

export interface FollowOptions {
  signal?: AbortSignal
  /** Between two polls where the server names no time. Default 10 s. */
  pollMs?: number
  /** Before a stream that broke off is opened again, growing up to 15 s. Default 1 s. */
  reconnectMs?: number
  /** After so long without a byte a stream counts as broken. Default 40 s. */
  silenceMs?: number
}

/** Sends a request to a path of the API; resolves to whatever answer comes, and rejects where none does. */
export type Ask = (path: string, init: RequestInit) => Promise<Response>

const longestPauseMs = 15_000

export function isFinal({ status }: Pick<FileView, 'status'>) {
  return status === 'completed' || status === 'failed' || status === 'canceled'
}

/**
 * A video as it changes, until it is final: whichever of stream and poll has the newer version first. A dropped stream is
 * opened again behind the last message, and the poll goes on meanwhile. Throws `PhotofinishError` where the server says that
 * there is no such video, or that it may not be seen.
 */
export async function* followVideo(
  ask: Ask,
  fileId: string,
  options: FollowOptions = {},
): AsyncGenerator<FileView, FileView> {
  const race = new Race(options.signal)
  const ways = [streamInto(race, ask, fileId, options), pollInto(race, ask, fileId, options)]
  for (const way of ways) way.catch((error: unknown) => race.fail(error))
  try {
    while (true) {
      const view = await race.next()
      if (isFinal(view)) return yield* last(view)
      yield view
    }
  } finally {
    race.end()
  }
}

async function* last(view: FileView) {
  yield view
  return view
}

/** What the two ways have brought: only ever a newer version. */
class Race {
  readonly #ended = new AbortController()
  readonly signal: AbortSignal
  #news: FileView | undefined
  #version = 0
  #error: { reason: unknown } | undefined
  #wake: () => void = () => {}

  constructor(given: AbortSignal | undefined) {
    this.signal = given ? AbortSignal.any([given, this.#ended.signal]) : this.#ended.signal
    given?.addEventListener('abort', () => this.fail(given.reason), { signal: this.#ended.signal })
    if (given?.aborted) this.fail(given.reason)
  }

  put(view: FileView) {
    if (view.version <= this.#version) return
    this.#version = view.version
    this.#news = view
    this.#wake()
  }

  fail(reason: unknown) {
    this.#error ??= { reason }
    this.#wake()
  }

  async next(): Promise<FileView> {
    while (true) {
      const view = this.#news
      this.#news = undefined
      if (view) return view
      if (this.#error) throw this.#error.reason
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  end() {
    this.#ended.abort()
  }
}

async function streamInto(race: Race, ask: Ask, fileId: string, options: FollowOptions) {
  const { reconnectMs = 1_000, silenceMs = 40_000 } = options
  let lastId: string | undefined
  let pauseMs = reconnectMs
  while (!race.signal.aborted) {
    try {
      const headers: Record<string, string> = { accept: 'text/event-stream' }
      if (lastId !== undefined) headers['last-event-id'] = lastId
      const answer = await ask(`/events/file.${fileId}`, { headers, signal: race.signal })
      if (answer.status === 204) return
      if (!answer.ok) throw await errorOf(answer)
      for await (const { id, data } of messagesOf(answer.body!, silenceMs)) {
        pauseMs = reconnectMs
        lastId = id ?? lastId
        const view = viewIn(data)
        if (view) race.put(view)
      }
    } catch (error) {
      if (isRefused(error)) throw error
    }
    await pause(pauseMs, race.signal)
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }
}

async function pollInto(race: Race, ask: Ask, fileId: string, { pollMs = 10_000 }: FollowOptions) {
  let etag: string | undefined
  while (!race.signal.aborted) {
    let waitMs = pollMs
    try {
      const headers: Record<string, string> = etag ? { 'if-none-match': etag } : {}
      const answer = await ask(`/file/${fileId}`, { headers, signal: race.signal })
      waitMs = (Number(answer.headers.get('retry-after')) || pollMs / 1000) * 1000
      if (answer.status !== 304) {
        if (!answer.ok) throw await errorOf(answer)
        etag = answer.headers.get('etag') ?? undefined
        race.put((await answer.json()) as FileView)
      }
    } catch (error) {
      if (isRefused(error)) throw error
    }
    await pause(waitMs, race.signal)
  }
}

/** Whether the server has said no for good: not a lost connection, a restart or a limit. */
function isRefused(error: unknown) {
  return error instanceof PhotofinishError && error.status >= 400 && !error.retryable
}

/** What a message says of a video; nothing where it is news, or tells that the video is gone: the poll tells that too. */
function viewIn(data: string): FileView | undefined {
  const { type, object } = JSON.parse(data) as FileEvent
  return type === 'error' || type === 'news' ? undefined : object
}

/** Resolves after so long, or at once where it is aborted. */
export function pause(ms: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal?.addEventListener('abort', end)
  })
}
