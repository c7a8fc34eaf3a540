import { isNull } from 'drizzle-orm'
import type { DeliveryChannel } from '#lib/contract/file-view'
import { file } from '../db/schema.ts'
import { changeFile } from './change-file.ts'

/** Writes down which channel's news was rendered first. The first report stays; later ones change nothing. */
export async function markDelivered(
  userId: string,
  fileId: string,
  by: DeliveryChannel,
  now = new Date(),
) {
  await changeFile(
    fileId,
    { deliveredBy: by, deliveredAt: now },
    { userId, and: isNull(file.deliveredBy), from: ['completed'] },
  )
}
