import { changeFile } from '../files/change-file.ts'
import { type GenerationDeps, productionDeps } from './deps.ts'
import { drive } from './drive.ts'

/**
 * Deletes a video: from now on nobody sees it, and what runs, every byte and the row go as soon as nobody has it in
 * hand. False where it is not this user's.
 */
export async function deleteFile(
  userId: string,
  fileId: string,
  deps: GenerationDeps = productionDeps(),
): Promise<boolean> {
  const now = deps.now()
  const deleted = await changeFile(fileId, { deletedAt: now, runAt: now }, { userId })
  if (!deleted) return false
  await drive(fileId, deps)
  return true
}
