import type { FileView } from '#lib/contract/file-view'
import { codecName } from '#lib/contract/film-format'

/** Why a video does not play. */
export type MediaFault =
  | 'unsupported'
  | 'no picture'
  | 'gone'
  | 'refused'
  | 'broken'
  | 'offline'
  | 'slow'

// As in `MediaError`, which only browsers have.
const aborted = 1
const network = 2

/** Why a video does not play, by the browser's error and by what the server answers for its file now. */
export async function faultOf(
  url: string,
  code: number | undefined,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<MediaFault | null> {
  if (code === aborted) return null
  const answer = await fetch(url, { method: 'HEAD', cache: 'no-store' }).catch(() => null)
  if (!answer) return 'offline'
  if (answer.status === 401 || answer.status === 403) return 'refused'
  if (answer.status === 404 || answer.status === 410) return 'gone'
  if (!answer.ok || !isVideo(answer)) return 'broken'
  if (code === undefined) return 'slow'
  return code === network ? 'broken' : 'unsupported'
}

/** Not the login page of a café's network. */
function isVideo({ headers }: Response) {
  return /^(video|application\/octet-stream)/.test(headers.get('content-type') ?? '')
}

/** What is wrong and what to do, in sentences. */
export function faultMessage(fault: MediaFault, { videoCodec }: Pick<FileView, 'videoCodec'>) {
  const kind = videoCodec ? `${codecName(videoCodec)} video` : 'this kind of video'
  const messages: Record<MediaFault, string> = {
    unsupported: `This browser cannot play ${kind}. Download it, or open it in another browser.`,
    'no picture': `This browser plays the sound but cannot show ${kind}. Download it, or open it in another browser.`,
    gone: 'This video was deleted, or it belongs to another session.',
    refused: 'Your session has ended. Reload the page.',
    broken: 'The video could not be loaded. Try again.',
    offline: 'The server cannot be reached. Check your connection and try again.',
    slow: 'The video is taking long to load. Wait, or try again.',
  }
  return messages[fault]
}
