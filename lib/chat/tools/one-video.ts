import type { VideoBrief } from '#lib/contract/chat-tools'
import { AppError } from '../../errors.ts'
import type { FileRow } from '../../generations/row.ts'
import { findOwnedFile } from '../../generations/queries.ts'
import { chatVideos } from '../store/chat-videos.ts'
import type { ToolContext } from './tool-context.ts'
import { videoBrief } from './video-brief.ts'

/** A video of the user, in this chat or in the library, as the user is to see it once more. */
export async function showVideo({ lease }: ToolContext, fileId: string): Promise<VideoBrief> {
  return brief(lease, await findOwnedFile(lease.userId, fileId))
}

/** Asks for a video to be stopped. Asking twice is asking once; throws where it is too late. */
export async function cancelVideo({ lease, deps }: ToolContext, fileId: string) {
  return brief(lease, await deps.cancel(lease.userId, fileId))
}

async function brief({ userId, chatId }: ToolContext['lease'], row: FileRow | undefined) {
  if (!row) throw new AppError('not_found', { userMessage: 'There is no such video here.' })
  const here = await chatVideos(userId, chatId)
  const number = here.find(({ video }) => video.fileId === row.id)?.video.number ?? null
  return videoBrief(row, number)
}
