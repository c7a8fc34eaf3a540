import type { ListVideosInput, ListVideosOutput } from '#lib/contract/chat-tools'
import { chatVideos } from '../store/chat-videos.ts'
import { findLibrary } from '../store/find-library.ts'
import type { ToolContext } from './tool-context.ts'
import { videoBrief } from './video-brief.ts'

// Enough for "the second one"; a longer list would only fill the model's context.
const atMost = 30

/** The videos of this chat, or of all the user has made, with number, prompt, format, state and cost. */
export async function listVideos(
  { lease: { userId, chatId } }: ToolContext,
  { scope, query }: ListVideosInput,
): Promise<ListVideosOutput> {
  const here = await chatVideos(userId, chatId)
  const words = query?.trim().toLowerCase() ?? ''
  if (scope === 'chat') {
    const found = here.filter(({ row }) => row.prompt.toLowerCase().includes(words))
    return { videos: found.slice(-atMost).map(({ video, row }) => videoBrief(row, video.number)) }
  }
  const numbers = new Map(here.map(({ video }) => [video.fileId, video.number]))
  const rows = await findLibrary(userId, words)
  return { videos: rows.map((row) => videoBrief(row, numbers.get(row.id) ?? null)) }
}
