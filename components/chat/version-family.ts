import type { ChatMessage } from '#lib/contract/chat-message'
import type { ChatVideo } from '#lib/contract/chat-view'

/** Every video of a chat, by number: those on record, and those that only the running answer tells of so far. */
export function videosOf(messages: readonly ChatMessage[], onRecord: readonly ChatVideo[]) {
  const told = messages.flatMap((message) =>
    message.parts.flatMap((part): ChatVideo[] => {
      if (part.type !== 'tool-generateVideo' || part.state !== 'output-available') return []
      const { fileId, fromFileId, number } = part.output
      return [{ fileId, parentFileId: fromFileId, number: number ?? 0, messageId: message.id }]
    }),
  )
  const byId = new Map([...told, ...onRecord].map((video) => [video.fileId, video]))
  return [...byId.values()].toSorted((a, b) => a.number - b.number)
}

/** All versions of one video, the first one first: whatever has the same origin. */
export function familyOf(videos: readonly ChatVideo[], fileId: string) {
  const origin = originOf(videos, fileId)
  return videos.filter((video) => originOf(videos, video.fileId) === origin)
}

/** What one card of the conversation shows: its own video, and the versions made of it beside the conversation. */
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
