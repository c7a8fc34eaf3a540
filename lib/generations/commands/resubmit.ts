import { type MessageRef, message } from '#lib/messages/message'
import type { Caller } from '#lib/contract/people/caller'
import { AppError } from '../../errors.ts'
import { wakeGeneration } from '../../jobs/queue.ts'
import { assertMaySpend } from '../access.ts'
import { type GenerationDeps, productionDeps } from '../engine/deps.ts'
import { findOwned } from '../queries.ts'
import type { GenerationRow } from '../row.ts'
import { applyEvent } from '../store.ts'
import { providerJobIdFor } from '../webhooks/webhook-inbox.ts'

type Deps = Pick<GenerationDeps, 'now' | 'providers' | 'databaseClock'>

/**
 * Submits a generation again whose first submit has an unknown outcome, because its owner said so, knowing that it may
 * be charged twice. The only way such a submit is ever repeated; and not while a step looks for the first one's job,
 * or a webhook has named it and it is about to be looked at. Undefined where it is not this owner's; throws
 * `sign_in_required` where it costs money and only those with an account may spend any.
 */
export async function resubmit(
  caller: Pick<Caller, 'ownerId' | 'isVisitor'>,
  id: string,
  deps: Deps = productionDeps(),
): Promise<GenerationRow | undefined> {
  const { ownerId } = caller
  const row = await findOwned(ownerId, id)
  if (!row) return undefined
  assertMaySpend(caller, row.model)
  if (row.state === 'submit_unknown') await assertNoSign(row, deps)
  const changed = await applyEvent(id, { type: 'resubmit_requested', ownerId }, deps.databaseClock)
  if (!changed) throw notNow(id, message('errors.noDecision'))
  await wakeGeneration({ id })
  return findOwned(ownerId, id)
}

/** Throws where the job may be found in a moment, and sees to it that it is looked for. */
async function assertNoSign(row: GenerationRow, deps: Deps) {
  if (row.leaseUntil && row.leaseUntil > deps.now())
    throw notNow(row.id, message('errors.checkingNow'))
  if (!(await isNamed(row, deps))) return
  const woken = { type: 'woken', idempotencyKey: row.attemptKey! } as const
  await applyEvent(row.id, woken, deps.databaseClock)
  await wakeGeneration({ id: row.id })
  throw notNow(row.id, message('wait.earlier_job'))
}

/** Whether a webhook has named the job, and no look since has told that the provider knows none of that name. */
async function isNamed({ provider, attemptKey, failures, dueAt }: GenerationRow, deps: Deps) {
  const isUnseen = failures > 0 || dueAt <= deps.now()
  if (!isUnseen || !deps.providers.get(provider)?.adopt) return false
  return (await providerJobIdFor(attemptKey!)) !== undefined
}

function notNow(fileId: string, userMessage: MessageRef) {
  return new AppError('not_possible_now', { userMessage, fileId })
}
