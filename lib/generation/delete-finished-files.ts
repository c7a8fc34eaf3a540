import { finishedFiles } from '../files/finished-files.ts'
import { deleteFile } from './delete-file.ts'

/** Deletes every finished video of a user, and says how many there were. */
export async function deleteFinishedFiles(userId: string) {
  const ids = await finishedFiles(userId)
  for (const id of ids) await deleteFile(userId, id)
  return ids.length
}
