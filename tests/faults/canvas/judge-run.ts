import { eq, inArray } from 'drizzle-orm'
import { pricedMicros } from '#lib/contract/money'
import { database } from '#lib/db/client'
import { attempt } from '#lib/db/generation-schema'
import { batch } from '#lib/db/library-schema'
import { hold } from '#lib/db/money-schema'
import { idsIn } from '#lib/generations/start/request'
import { isFinalState } from '#lib/generations/states'
import type { Played } from './play-run.ts'
import type { Row } from './run-stage.ts'

/** What the database and the providers' books say in the end. */
interface Books {
  rows: Row[]
  attempts: (typeof attempt.$inferSelect)[]
  holds: (typeof hold.$inferSelect)[]
  batches: (typeof batch.$inferSelect)[]
}

/** What is wrong with what was played: nothing, in a product that keeps its promises. */
export async function faultsOf(played: Played): Promise<string[]> {
  const books = await booksOf(played)
  const judges = [waiting, causes, boughtTwice, madeAgain, misbooked, misheld, abovePrice, halfRuns]
  return [
    ...played.faults,
    ...judges.flatMap((judge) => judge(played, books)),
    ...(played.stage.market.unready > 0 && played.deleted.length === 0
      ? ['something was asked for before its input was there']
      : []),
  ]
}

async function booksOf({ stage }: Played): Promise<Books> {
  const isOwn = eq(hold.ownerId, stage.ownerId)
  const holds = await database().select().from(hold).where(isOwn)
  const ids = holds.map(({ generationId }) => generationId)
  return {
    rows: await stage.rows(),
    attempts: await database().select().from(attempt).where(inArray(attempt.generationId, ids)),
    holds,
    batches: await database().select().from(batch).where(eq(batch.ownerId, stage.ownerId)),
  }
}

/** What is neither over nor waits for its user, or for one that is neither. */
function waiting(_: Played, { rows }: Books) {
  const unfinished = new Set(rows.filter((row) => !isFinalState(row.state)).map(({ id }) => id))
  return rows.flatMap((row) => {
    const { id, state, waitsFor, deletedAt } = row
    if (deletedAt) return [`${id} is deleted and still there`]
    if (isFinalState(state)) return waitsFor ? [`${id} is ${state} and waits`] : []
    const hasCause = state === 'submit_unknown' || waitsFor?.some((one) => unfinished.has(one))
    return hasCause ? [] : [`${id} is still ${state}, waiting for ${waitsFor?.join() ?? 'nothing'}`]
  })
}

function inputsOf({ settings: { inputs } }: Row) {
  return inputs ? [...idsIn(inputs), ...(inputs.sources ?? [])] : []
}

/** Said to have failed for an input, and none did; or made, and of something that was not. */
function causes({ deleted }: Played, { rows }: Books) {
  const stateOf = (id: string) =>
    deleted.some((one) => one.id === id) ? 'deleted' : rows.find((one) => one.id === id)?.state
  return rows.flatMap((row) => {
    const states = inputsOf(row).map(stateOf)
    const isLost = states.some((state) => ['failed', 'canceled', 'deleted'].includes(state ?? ''))
    if (row.errorCode === 'input_failed' && !isLost) return [`${row.id} failed for no input`]
    const isWhole = states.every((state) => state === 'completed' || state === 'deleted')
    return row.state === 'completed' && !isWhole ? [`${row.id} is made of what is not`] : []
  })
}

/** A job for each start, and one for each time that its user asked for another, not knowing. */
function boughtTwice({ stage: { market }, consents }: Played, { attempts }: Books) {
  const byFile = Map.groupBy(attempts, ({ generationId }) => generationId)
  return [...byFile].flatMap(([id, own]) => {
    const keys = new Set(own.map(({ idempotencyKey }) => idempotencyKey))
    const jobs = market.jobs.filter(({ idempotencyKey }) => keys.has(idempotencyKey))
    return jobs.length > 1 + (consents.get(id) ?? 0) ? [`${id} has ${jobs.length} jobs`] : []
  })
}

/** Two of the same for one node, and it was asked for once. */
function madeAgain({ again }: Played, { rows }: Books) {
  const kept = rows.filter(({ state }) => state !== 'failed' && state !== 'canceled')
  const nodeOf = ({ originPlace }: Row) => originPlace!.nodeId!
  const same = Map.groupBy(kept, (row) => `${nodeOf(row)} ${row.settingsHash}`)
  return [...same.values()].flatMap((rowsOfOne) => {
    const asked = 1 + (again.get(nodeOf(rowsOfOne[0]!)) ?? 0)
    return rowsOfOne.length > asked ? [`made ${rowsOfOne.length} times, asked for ${asked}`] : []
  })
}

const mayBeUnknown: ReadonlySet<string> = new Set(['unknown', 'canceled'])

/** Where our books and the providers' differ, attempt by attempt. */
function misbooked({ stage: { market } }: Played, { attempts }: Books) {
  const strangers = market.jobs.filter(({ idempotencyKey: key }) =>
    attempts.every((one) => one.idempotencyKey !== key),
  )
  const faults = attempts.flatMap(({ idempotencyKey: key, outcome, costMicros }) => {
    const billed = market.jobs.find((job) => job.idempotencyKey === key)?.billedMicros ?? 0
    if (costMicros === null) return mayBeUnknown.has(outcome) ? [] : [`${outcome}, and no cost`]
    return costMicros === billed ? [] : [`booked ${costMicros} for ${outcome}, billed ${billed}`]
  })
  return [...faults, ...strangers.map(() => 'billed, and not in our books')]
}

/** Open where all is known, or charged otherwise than billed. */
function misheld({ stage: { market } }: Played, { rows, attempts, holds }: Books) {
  return holds.flatMap(({ generationId: id, amountMicros, chargedMicros, ...held }) => {
    const own = attempts.filter((one) => one.generationId === id)
    const row = rows.find((one) => one.id === id)
    const isOver = !row || isFinalState(row.state)
    const isUnknown = own.some(({ costMicros }) => costMicros === null)
    if (chargedMicros === null) {
      if (isOver && !isUnknown) return [`${id} is over, and money is held for it`]
      return isOver && !held.uncertainSince ? [`${id} is uncertain, and it is not told`] : []
    }
    if (!isOver) return [`${id} is charged, and not over`]
    const keys = new Set(own.map(({ idempotencyKey }) => idempotencyKey))
    const jobs = market.jobs.filter(({ idempotencyKey }) => keys.has(idempotencyKey))
    const known = jobs.filter((job) =>
      own.some((one) => one.idempotencyKey === job.idempotencyKey && one.costMicros !== null),
    )
    const billed = known.reduce((sum, { billedMicros }) => sum + billedMicros, 0)
    const price = pricedMicros(billed, held.priceFactor)
    if (chargedMicros + held.ownCostMicros !== price)
      return [`${id}: charged ${chargedMicros} of ${price}`]
    return held.ownCostMicros > 0 && consentless(own) ? [`${id} cost above its price`] : []
  })
}

function consentless(own: Books['attempts']) {
  return own.filter(({ costMicros }) => costMicros !== 0).length < 2
}

/** What is held for a run is the most that its user agreed to. */
function abovePrice({ asked }: Played, { holds }: Books) {
  return asked.flatMap(({ fileIds, agreedMicros }) => {
    const own = holds.filter(({ generationId }) => fileIds.includes(generationId))
    const held = own.reduce((sum, { amountMicros }) => sum + amountMicros, 0)
    return held > agreedMicros ? [`${held} held, ${agreedMicros} agreed to`] : []
  })
}

/** A run is whole or not there. */
function halfRuns({ deleted }: Played, { rows, batches }: Books) {
  return batches.flatMap(({ id, total }) => {
    const ids = [...rows, ...deleted].filter((row) => row.batchId === id).map((row) => row.id)
    const there = new Set(ids).size
    return there === total ? [] : [`${there} of ${total} of a run are there`]
  })
}
