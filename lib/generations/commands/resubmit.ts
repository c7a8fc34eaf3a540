import { mediaTypeOf } from '#lib/contract/generation'
import { type MessageRef, message, ofKind } from '#lib/messages/message'
import type { Caller } from '#lib/contract/people/caller'
import { inTransaction } from '../../db/client.ts'
import { AppError } from '../../errors.ts'
import { wakeGeneration } from '../../jobs/queue.ts'
import { assertMaySpend } from '../access.ts'
import { type GenerationDeps, productionDeps } from '../engine/deps.ts'
import { findOwned } from '../queries.ts'
import type { GenerationRow } from '../row.ts'
import {
  assertIdempotencyKey,
  bodyHash,
  claimIdempotencyKey,
  generationsOfKeys,
} from '../start/idempotency.ts'
import { assertNotAdopted } from '../start/room.ts'
import { applyEvent, applyIn } from '../store.ts'
import { providerJobIdFor } from '../webhooks/webhook-inbox.ts'

type Deps = Pick<GenerationDeps, 'now' | 'providers' | 'databaseClock'>

/**
 * Submits a generation again whose first submit has an unknown outcome, because its owner said so, knowing that it may
 * be charged twice. The only way such a submit is ever repeated; and not while a step looks for the first one's job,
 * or a webhook has named it and it is about to be looked at. Undefined where it is not this owner's; throws
 * `sign_in_required` where it costs money and only those with an account may spend any. The same idempotency key submits
 * it again once, whatever has become of that since.
 */
export async function resubmit(
  caller: Pick<Caller, 'ownerId' | 'isVisitor'>,
  id: string,
  deps: Deps = productionDeps(),
  key: string | null = null,
): Promise<GenerationRow | undefined> {
  const { ownerId } = caller
  if (key !== null) assertIdempotencyKey(key)
  const row = await findOwned(ownerId, id)
  if (!row) return undefined
  assertMaySpend(caller, row.model)
  const isRepeated =
    (await generationsOfKeys(ownerId, key === null ? [] : [key], deps.now())).length > 0
  if (!isRepeated && row.state === 'submit_unknown') await assertNoSign(row, deps)
  if (await submitAgain(row, deps, key)) await wakeGeneration({ id })
  return findOwned(ownerId, id)
}

/** False where the key has submitted it again before. */
function submitAgain(row: GenerationRow, deps: Deps, key: string | null) {
  const { ownerId, id } = row
  return inTransaction(async (tx) => {
    const asked = {
      ownerId,
      bodyHash: bodyHash({ resubmit: id }),
      generationId: id,
      now: deps.now(),
    }
    if (key !== null) {
      await assertNotAdopted(tx, ownerId)
      if (await claimIdempotencyKey(tx, { ...asked, key })) return false
    }
    const event = { type: 'resubmit_requested', ownerId } as const
    if (!(await applyIn(tx, id, event, deps.databaseClock)))
      throw notNow(id, ofKind(message('errors.noDecision'), mediaTypeOf(row)))
    return true
  })
}

/** Throws where the job may be found in a moment, and sees to it that it is looked for. */
async function assertNoSign(row: GenerationRow, deps: Deps) {
  if (row.leaseUntil && row.leaseUntil > deps.now())
    throw notNow(row.id, ofKind(message('errors.checkingNow'), mediaTypeOf(row)))
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
