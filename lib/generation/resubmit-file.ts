import { AppError } from '../errors.ts'
import { changeFile } from '../files/change-file.ts'
import type { FileRow } from '../files/file-row.ts'
import { findOwnedFile } from '../files/find-file.ts'
import { nextQueuePlace } from '../files/queue-places.ts'
import { wakeFile } from '../jobs/queue.ts'
import { type GenerationDeps, productionDeps } from './deps.ts'

/**
 * Submits a video again whose first submit nobody knows the outcome of, because its user said so, knowing that it may
 * be charged twice. The only way such a submit is ever repeated. Undefined where the file is not this user's.
 */
export async function resubmitFile(
  userId: string,
  fileId: string,
  deps: Pick<GenerationDeps, 'now'> = productionDeps(),
): Promise<FileRow | undefined> {
  const row = await findOwnedFile(userId, fileId)
  if (!row) return undefined
  const now = deps.now()
  const again = {
    state: 'queued',
    token: null,
    failures: 0,
    checks: 0,
    runAt: now,
    queuePlace: await nextQueuePlace(row.provider),
    routeReason: 'Tried again at your wish.',
  } as const
  const changed = await changeFile(fileId, again, { from: ['submit_unknown'], userId })
  if (!changed)
    throw new AppError('not_possible_now', {
      userMessage: 'This video does not wait for your decision any more.',
      fileId,
    })
  await wakeFile(fileId)
  return changed
}
