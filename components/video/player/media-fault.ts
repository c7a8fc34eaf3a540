import type { FileView } from '#lib/contract/file-view'
import { codecName } from '#lib/contract/film-format'
import { type MessageRef, message } from '#lib/messages/message'

/** Why a video does not play. */
export type MediaFault =
  | 'unsupported'
  | 'noPicture'
  | 'gone'
  | 'refused'
  | 'broken'
  | 'offline'
  | 'slow'

// As in `MediaError`, which only browsers have.
const aborted = 1
const network = 2

/** Why a video does not play or an image does not show, by the browser's error and by what the server answers for its file now. */
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
  if (!answer.ok || !isMedia(answer)) return 'broken'
  if (code === undefined) return 'slow'
  return code === network ? 'broken' : 'unsupported'
}

/** Not the login page of a café's network. */
function isMedia({ headers }: Response) {
  return /^(video|image|application\/octet-stream)/.test(headers.get('content-type') ?? '')
}

/** What is wrong and what to do. */
export function faultMessage(
  fault: MediaFault,
  {
    videoCodec,
    type: kind = 'video',
  }: Pick<FileView, 'videoCodec'> & Partial<Pick<FileView, 'type'>>,
): MessageRef {
  if (fault !== 'unsupported' && fault !== 'noPicture')
    return message(`player.fault.${fault}`, { kind })
  const format = codecName(videoCodec)
  return format
    ? message(`player.fault.${fault}`, { format })
    : message(`player.fault.${fault}Format`)
}
