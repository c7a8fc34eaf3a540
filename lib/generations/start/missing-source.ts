import { type MessageRef, message } from '#lib/messages/message'
import { findOwned } from '../queries.ts'
import { isFinalState } from '../states.ts'

/** Why nothing can be made of a video: it is not finished yet, or it is not there for this owner. */
export async function whyNoSource(ownerId: string, id: string): Promise<MessageRef> {
  const row = await findOwned(ownerId, id)
  const isOpen = row !== undefined && !isFinalState(row.state)
  return message(isOpen ? 'request.videoNotReady' : 'request.videoGone')
}
