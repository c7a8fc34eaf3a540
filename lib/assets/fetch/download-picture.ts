import { Agent } from 'undici'
import { DownloadError } from './download-error.ts'
import { guardedConnect } from './guarded-connect.ts'
import { openLink } from './open-link.ts'

export interface DownloadPictureOptions {
  /** Hostile input: opened only by https and only at public addresses. */
  url: string
  maxBytes: number
  /** Opens loopback addresses, too. */
  isLoopbackAllowed: boolean
  /** Ends it, with a `DownloadError`. */
  signal: AbortSignal
}

/** The bytes behind a link, as they come, and no more than so many. Throws `DownloadError` for whatever keeps them away. */
export async function* downloadPicture(
  options: DownloadPictureOptions,
): AsyncGenerator<Uint8Array> {
  const { url, maxBytes, isLoopbackAllowed, signal } = options
  const dispatcher = new Agent({ connect: guardedConnect(isLoopbackAllowed) })
  try {
    const { headers, body } = await openLink(url, {
      dispatcher,
      headers: {},
      isLoopbackAllowed,
      signal,
    })
    assertSize(Number(headers['content-length'] ?? 0), maxBytes)
    let size = 0
    for await (const bytes of body as AsyncIterable<Uint8Array>) {
      size += bytes.byteLength
      assertSize(size, maxBytes)
      yield bytes
    }
  } catch (error) {
    if (error instanceof DownloadError) throw error
    throw new DownloadError('truncated', 'the picture broke off in the middle', error)
  } finally {
    await dispatcher.destroy()
  }
}

function assertSize(bytes: number, maxBytes: number) {
  if (bytes > maxBytes)
    throw new DownloadError('too_large', `${bytes} bytes, where ${maxBytes} are allowed`)
}
