import type {
  Estimate,
  FilePage,
  FileView,
  GenerateImageRequest,
  GenerateVideoRequest,
  Models,
  VideoGenerationResult,
} from './api-types.ts'
import { PhotofinishError, errorOf, noConnection } from './errors.ts'
import { type FollowOptions, followVideo, pause } from './follow.ts'

export { PhotofinishError }

export interface ClientOptions {
  /** Where the studio is, with its base path: `https://studio.example`. */
  server: string
  /** An API key. In a browser on the studio's own pages the session cookie will do. */
  key?: string
  fetch?: typeof globalThis.fetch
  /** How often a request is sent again that got no answer, or is to come later. Default 4. */
  retries?: number
  /** Before the first of these, growing. Default 500 ms; `Retry-After` of the server wins. */
  retryMs?: number
}

export interface CallOptions {
  signal?: AbortSignal
}

export interface StartOptions extends CallOptions {
  /**
   * One for each order: however often it is sent, it is made and paid for once. Made here where none is given; give one of
   * yours that you have stored, and an order survives a crash of your program.
   */
  idempotencyKey?: string
}

/** What takes longer is for the caller to wait for: a spending limit may end tomorrow. */
const longestWaitMs = 60_000

/** The API of a Photofinish studio. Every rejection of its own is a `PhotofinishError` with a code. */
export class Photofinish {
  readonly #options: Required<Omit<ClientOptions, 'key'>> & Pick<ClientOptions, 'key'>

  constructor({ server, fetch = globalThis.fetch.bind(globalThis), ...more }: ClientOptions) {
    this.#options = { retries: 4, retryMs: 500, ...more, fetch, server: server.replace(/\/+$/, '') }
  }

  /** Starts a video, or up to four variations of it. Resolves as soon as they are on their way. */
  generate(request: GenerateVideoRequest, options: StartOptions = {}): Promise<FileView[]> {
    return this.#start('/generate/video', request, options)
  }

  /** The same for an image. */
  generateImage(request: GenerateImageRequest, options: StartOptions = {}): Promise<FileView[]> {
    return this.#start('/generate/image', request, options)
  }

  /**
   * A video as it changes, until it is final, by stream and by poll at once. The last view is the final one.
   *
   *     for await (const view of studio.follow(id)) show(view.progress)
   */
  follow(fileId: string, options: FollowOptions = {}): AsyncGenerator<FileView, FileView> {
    const ask = (path: string, init: RequestInit) => this.#send(this.#api(path), init)
    return followVideo(ask, fileId, options)
  }

  /** Resolves once a video or an image is final. */
  async finished(fileId: string, options: FollowOptions = {}): Promise<FileView> {
    const views = this.follow(fileId, options)
    while (true) {
      const { done, value } = await views.next()
      if (done) return value
    }
  }

  /** The bytes of a finished video or image: `body` as a stream, `blob()` as a whole. */
  async download(video: FileView | string, { signal }: CallOptions = {}): Promise<Response> {
    const view = typeof video === 'string' ? await this.get(video, { signal }) : video
    if (!view.url)
      throw new PhotofinishError({
        message: 'The video is not finished: there is nothing to download yet.',
        code: 'not_possible_now',
        status: 409,
        retryable: false,
      })
    return this.#ask(new URL(view.url, `${this.#options.server}/`), { signal })
  }

  get(fileId: string, { signal }: CallOptions = {}) {
    return this.#json<FileView>(`/file/${fileId}`, { signal })
  }

  list(query: { cursor?: string; limit?: number } = {}, { signal }: CallOptions = {}) {
    const given = Object.entries(query).map(([name, value]) => [name, String(value)])
    return this.#json<FilePage>(`/file?${new URLSearchParams(given).toString()}`, { signal })
  }

  cancel(fileId: string, { signal }: CallOptions = {}) {
    return this.#json<FileView>(`/file/${fileId}/cancel`, { method: 'POST', signal })
  }

  /** The models that make videos, or images. */
  models({ signal, kind = 'video' }: CallOptions & { kind?: 'video' | 'image' } = {}) {
    return this.#json<Models>(`/models?kind=${kind}`, { signal })
  }

  /** What a start would cost and how long it would take. */
  estimate(request: GenerateVideoRequest, options: CallOptions = {}) {
    return this.#estimate('video', request, options)
  }

  /** The same for an image. */
  estimateImage(request: GenerateImageRequest, options: CallOptions = {}) {
    return this.#estimate('image', request, options)
  }

  async #start(path: string, request: object, options: StartOptions): Promise<FileView[]> {
    const { idempotencyKey = crypto.randomUUID(), signal } = options
    const headers = { 'content-type': 'application/json', 'idempotency-key': idempotencyKey }
    const init = { method: 'POST', headers, body: JSON.stringify(request), signal }
    const { files = [] } = await this.#json<VideoGenerationResult>(path, init)
    return files
  }

  #estimate(kind: string, request: object, { signal }: CallOptions) {
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify(request), signal }
    return this.#json<Estimate>(`/estimate?kind=${kind}`, init)
  }

  #api(path: string) {
    return new URL(`${this.#options.server}/api/v1${path}`)
  }

  async #json<T>(path: string, init: Init): Promise<T> {
    return (await (await this.#ask(this.#api(path), init)).json()) as T
  }

  /** A successful answer. Sends again what got none, or what is to come later: nothing here is paid for twice by that. */
  async #ask(url: URL, init: Init): Promise<Response> {
    const { retries, retryMs } = this.#options
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await this.#send(url, init)
        if (answer.ok) return answer
        throw await errorOf(answer)
      } catch (error) {
        init.signal?.throwIfAborted()
        if (!(error instanceof PhotofinishError) || !error.retryable || attempt >= retries)
          throw error
        const waitMs = (error.retryAfterSeconds ?? 0) * 1000 || retryMs * 2 ** attempt
        if (waitMs > longestWaitMs) throw error
        await pause(waitMs, init.signal)
        init.signal?.throwIfAborted()
      }
    }
  }

  /** The key goes to the studio alone, whatever address an answer names. */
  async #send(url: URL, init: Init): Promise<Response> {
    const { key, server, fetch } = this.#options
    const headers = new Headers(init.headers)
    if (key && url.origin === new URL(server).origin) headers.set('authorization', `Bearer ${key}`)
    try {
      return await fetch(url, { ...init, signal: init.signal ?? null, headers })
    } catch (cause) {
      init.signal?.throwIfAborted()
      throw noConnection('The studio could not be reached.', { cause })
    }
  }
}

type Init = Omit<RequestInit, 'signal'> & { signal?: AbortSignal | null | undefined }
