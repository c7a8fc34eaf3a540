import useSWR from 'swr'
import { loadPart } from '#lib/contract/problem'

/** Where the rate of a film cannot be read: frames of the local renderer and of most providers. */
const usualFrame = 1 / 30

/** How long a frame of a film is shown, in seconds, read from the film's own index; `isRead` once that is known. */
export function useFrameSeconds(url: string) {
  const { data, error } = useSWR(['rate of a film', url], () => readFrameSeconds(url), {
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
    shouldRetryOnError: false,
  })
  return { frameSeconds: data ?? usualFrame, isRead: data !== undefined || error !== undefined }
}

async function readFrameSeconds(url: string) {
  const { ALL_FORMATS, Input, UrlSource } = await loadPart(import('mediabunny'))
  const input = new Input({ source: new UrlSource(url), formats: ALL_FORMATS })
  try {
    const stats = await (await input.getPrimaryVideoTrack())?.computePacketStats(60)
    return stats && stats.averagePacketRate > 0 ? 1 / stats.averagePacketRate : usualFrame
  } finally {
    input.dispose()
  }
}
