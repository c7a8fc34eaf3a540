import { AppError } from '../errors.ts'
import { changeFile } from '../files/change-file.ts'
import type { FileRow } from '../files/file-row.ts'
import { findOwnedFile } from '../files/find-file.ts'
import { isNotHeld } from '../files/lease.ts'
import { nextQueuePlace } from '../files/queue-places.ts'
import { touchFile } from '../files/touch-file.ts'
import { referenceFor } from '../files/webhook-inbox.ts'
import { wakeFile } from '../jobs/queue.ts'
import { type GenerationDeps, productionDeps } from './deps.ts'
import { hasItAfterAll } from './steps/earlier-job.ts'

type Deps = Pick<GenerationDeps, 'now' | 'providers'>

/**
 * Submits a video again whose first submit nobody knows the outcome of, because its user said so, knowing that it may
 * be charged twice. The only way such a submit is ever repeated; and not while somebody looks for the first one's job,
 * or a callback has named it and it is about to be looked at. Undefined where the file is not this user's.
 */
export async function resubmitFile(
  userId: string,
  fileId: string,
  deps: Deps = productionDeps(),
): Promise<FileRow | undefined> {
  const row = await findOwnedFile(userId, fileId)
  if (!row) return undefined
  const now = deps.now()
  if (row.state === 'submit_unknown') await assertNoSign(row, deps)
  const again = {
    state: 'queued',
    token: null,
    failures: 0,
    checks: 0,
    runAt: now,
    queuePlace: await nextQueuePlace(row.provider),
    routeReason: 'Tried again at your wish.',
  } as const
  const guard = { from: ['submit_unknown'], userId, and: isNotHeld(now) } as const
  const changed = await changeFile(fileId, again, guard)
  if (!changed) throw notNow(fileId, 'This video does not wait for your decision any more.')
  await wakeFile(fileId)
  return changed
}

/** Throws where the job may be found in a moment, and sees to it that it is looked for. */
async function assertNoSign(row: FileRow, deps: Deps) {
  const now = deps.now()
  if (row.leaseUntil && row.leaseUntil > now)
    throw notNow(row.id, 'This video is being looked for right now. Try again in a few seconds.')
  if (!(await isNamed(row, deps))) return
  await touchFile(row.id, row.token!, now)
  await wakeFile(row.id)
  throw notNow(row.id, hasItAfterAll)
}

/** Whether a callback has named the job, and no look since has told that the provider knows none of that name. */
async function isNamed({ provider, token, failures, runAt }: FileRow, deps: Deps) {
  const isUnseen = failures > 0 || runAt <= deps.now()
  if (!isUnseen || !deps.providers.get(provider)?.adopt) return false
  return (await referenceFor(token!)) !== undefined
}

function notNow(fileId: string, userMessage: string) {
  return new AppError('not_possible_now', { userMessage, fileId })
}
