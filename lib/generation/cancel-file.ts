import type { FileRow } from '../files/file-row.ts'
import { AppError } from '../errors.ts'
import { changeFile } from '../files/change-file.ts'
import { findOwnedFile } from '../files/find-file.ts'
import { type GenerationDeps, productionDeps } from './deps.ts'
import { drive } from './drive.ts'

/**
 * Asks for a generation to be stopped, and stops it where nobody has it in hand right now. Asking twice is asking
 * once. Undefined where the file is not this user's; throws where it is too late or the provider cannot.
 */
export async function cancelFile(
  userId: string,
  fileId: string,
  deps: GenerationDeps = productionDeps(),
): Promise<FileRow | undefined> {
  const row = await findOwnedFile(userId, fileId)
  if (!row || row.state === 'canceled') return row
  const from = ['queued', 'submitting', 'submit_unknown', 'waiting'] as const
  const now = deps.now()
  const asked = await changeFile(
    fileId,
    { cancelRequestedAt: now, runAt: now, message: 'Canceling' },
    { from, userId },
  )
  if (!asked) throw tooLate()
  await drive(fileId, deps)
  return findOwnedFile(userId, fileId)
}

function tooLate() {
  return new AppError('not_possible_now', {
    userMessage: 'This video cannot be canceled any more. You can delete it once it is done.',
  })
}
