import { z } from 'zod'
import type { ListVideosInput, ListVideosOutput, VideoBrief } from '#lib/contract/chat-tools'
import { searchable } from '#lib/contract/text/searchable'
import { message } from '#lib/messages/message'
import { AppError } from '../../errors.ts'
import { readConnected, videosOf } from '../canvas/canvas-context.ts'
import { type VideoRow, findVideo, viewOfVideo } from '../core.ts'
import { chatVideos, findLibrary } from '../store/videos.ts'
import type { ToolContext } from './tool-context.ts'

// Enough for "the second one"; a longer list would only fill the model's context.
const listedAtMost = 30

export const fileIdSchema = z
  .string()
  .regex(/^file_[0-9a-z]{24}$/)
  .describe('A fileId exactly as another tool gave it.')

// Models spell out null for what they leave out, so every optional field takes it.
export const listVideosSchema = z.object({
  scope: z
    .enum(['chat', 'library'])
    .describe('chat: the videos of this conversation; library: all videos of the user.'),
  query: z.string().max(200).nullish().describe('Words to be found in the prompt.'),
})

export const oneVideoSchema = z.object({ fileId: fileIdSchema })

/** The videos of this chat, or of all the user has made, with number, prompt, format, state and cost. */
export async function listVideos(
  { lease }: ToolContext,
  { scope, query }: ListVideosInput,
): Promise<ListVideosOutput> {
  const { ownerId, chatId } = lease
  const here = await chatVideos(ownerId, chatId)
  const words = searchable(query ?? '')
  if (scope === 'chat') {
    const all = here.map(({ video, row }) => videoBrief(row, video.number))
    const last = all.at(-1)?.number ?? 0
    const connected = videosOf(await readConnected(lease)).filter(
      ({ id }) => !all.some(({ fileId }) => fileId === id),
    )
    // What is connected on a canvas is spoken of like what was made here: it is numbered behind it.
    all.push(...connected.map((row, place) => videoBrief(row, last + place + 1)))
    const found = all.filter(({ prompt }) => searchable(prompt).includes(words))
    return { videos: found.slice(-listedAtMost) }
  }
  const numbers = new Map(here.map(({ video }) => [video.fileId, video.number]))
  const rows = await findLibrary(ownerId, words)
  return { videos: rows.map((row) => videoBrief(row, numbers.get(row.id) ?? null)) }
}

/** A video of the user, in this chat or in the library, as the user is to see it once more. */
export async function showVideo({ lease }: ToolContext, fileId: string): Promise<VideoBrief> {
  return numbered(lease, await findVideo(lease.ownerId, fileId))
}

/** Asks for a video to be stopped. Asking twice is asking once; throws where it is too late. */
export async function cancelVideo({ lease, deps }: ToolContext, fileId: string) {
  return numbered(lease, await deps.cancel(lease.ownerId, fileId))
}

async function numbered({ ownerId, chatId }: ToolContext['lease'], row: VideoRow | undefined) {
  if (!row) throw new AppError('not_found', { userMessage: message('chat.problem.noSuchVideo') })
  const here = await chatVideos(ownerId, chatId)
  const number = here.find(({ video }) => video.fileId === row.id)?.video.number ?? null
  return videoBrief(row, number)
}

/** A video in few words, for a model to read. */
export function videoBrief(row: VideoRow, number: number | null): VideoBrief {
  const { type, status, settings, modelLabel, cost, createdAt } = viewOfVideo(row)
  return {
    fileId: row.id,
    ...(type === 'image' && { kind: type }),
    number,
    prompt: settings.prompt,
    seconds: settings.duration,
    aspectRatio: settings.aspectRatio,
    resolution: settings.resolution,
    model: modelLabel,
    status,
    costUsd: cost.actualUsd ?? cost.estimatedUsd,
    image: settings.inputs.firstFrame,
    createdAt,
  }
}
