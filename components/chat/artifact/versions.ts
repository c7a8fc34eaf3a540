import type { ChatMessage, ChatVideo, NewVersionRequest } from '#lib/contract/chat'
import { isMakePart } from '#lib/contract/chat-tools'
import type { FileView } from '#lib/contract/file-view'
import type { ModelView } from '#lib/contract/model-view'
import { type MessageValue, message } from '#lib/messages/message'
import { type VideoPrice, priceOf } from '#components/video/actions/price.ts'
import { withSeenDelivery } from '#components/video/progress/signal-lanes'
import type { SignOfLife } from '#components/video/progress/signal-lanes'

/** Every video of a chat, by number: those the chat has recorded, and those only the running answer has so far. */
export function videosOf(messages: readonly ChatMessage[], recorded: readonly ChatVideo[]) {
  const told = messages.flatMap((message) =>
    message.parts.flatMap((part): ChatVideo[] => {
      if (!isMakePart(part) || part.state !== 'output-available') return []
      const { fileId, fromFileId, number } = part.output
      return [{ fileId, parentFileId: fromFileId, number: number ?? 0, messageId: message.id }]
    }),
  )
  const byId = new Map([...told, ...recorded].map((video) => [video.fileId, video]))
  return [...byId.values()].toSorted((a, b) => a.number - b.number)
}

/** All versions of one video, the first one first: all videos of the same origin. */
export function familyOf(videos: readonly ChatVideo[], fileId: string) {
  const origin = originOf(videos, fileId)
  return videos.filter((video) => originOf(videos, video.fileId) === origin)
}

/** What one card of the conversation shows: its own video, and the versions made of it by a click. */
export function versionsOnCard(videos: readonly ChatVideo[], fileId: string) {
  const shown = new Set([fileId])
  // In the order of their numbers a version always comes after what it was made from.
  for (const { fileId: id, parentFileId, messageId } of videos)
    if (messageId === null && parentFileId && shown.has(parentFileId)) shown.add(id)
  return videos.filter((video) => shown.has(video.fileId))
}

function originOf(videos: readonly ChatVideo[], fileId: string): string {
  const parentId = videos.find((video) => video.fileId === fileId)?.parentFileId
  const isHere = parentId != null && videos.some((video) => video.fileId === parentId)
  return isHere ? originOf(videos, parentId) : fileId
}

/**
 * What a new version costs now, with another prompt or another model where one is given; null where no provider makes it.
 * The video's own limit holds; where it is too low, the price shown for the click replaces it.
 */
export function versionPrice(
  view: Pick<FileView, 'settings'> & Partial<FileView>,
  models: readonly ModelView[],
  changes: { prompt?: string; model?: string } = {},
): VideoPrice | null {
  // A version gets a new seed.
  const { settings, type, width, height } = view
  const sides = type === 'image' && width && height ? { width, height } : {}
  const required = { ...settings, ...sides, ...changes, seed: null }
  return priceOf(required, models) ?? priceOf({ ...required, maxUsd: null }, models)
}

/**
 * A new version as a click has agreed to it: it may cost the price that was shown, and no more. Where none was shown,
 * it may cost what the video before was quoted.
 */
export function versionRequest(
  { id, cost }: Pick<FileView, 'id' | 'cost'>,
  price: VideoPrice | null,
  changes: { prompt?: string; model?: string } = {},
): NewVersionRequest {
  const { upToUsd } = price ?? cost
  return { fromFileId: id, ...changes, maxUsd: upToUsd }
}

/** What a click may cost, in full: "$0.40", "$0.40, at most $1.20". */
export function priceLabel({ usd, upToUsd }: VideoPrice): MessageValue {
  const price = { usd }
  return upToUsd > usd ? message('chat.video.priceUpTo', { price, upTo: { usd: upToUsd } }) : price
}

/**
 * The view with the channel that delivered it, where it was followed here while it was made. One that was ready before
 * the chat was opened has none.
 */
export function seenHere(view: FileView, signs: readonly SignOfLife[]): FileView {
  const finishedAtMs = view.finishedAt ? Date.parse(view.finishedAt) : 0
  return signs.some(({ at }) => at < finishedAtMs) ? withSeenDelivery(view, signs) : view
}
