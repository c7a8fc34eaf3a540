import { sql } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { aProviderError } from '../../tests/support/generations/scripted-provider.ts'
import { veoBed } from '../../tests/support/database/with-bed.ts'
import { testGeneration } from '../../tests/support/generations/test-generation.ts'
import { anAccount } from '../../tests/support/people/an-account.ts'
import { callerNamed } from '../../tests/support/people/caller-named.ts'
import { database, inTransaction } from '../db/client.ts'
import { hold, ledgerAccount, topUp } from '../db/money-schema.ts'
import { env } from '../env.ts'
import { AppError } from '../errors.ts'
import { checkLedger } from '../money/check.ts'
import { makeCodes, redeem } from '../money/codes.ts'
import { grant } from '../money/grants.ts'
import { applyCheckout } from '../money/payments/top-ups.ts'
import { adopt } from '../people/adoption/adopt.ts'
import { cancelGeneration } from './commands/cancel.ts'
import { deleteGeneration } from './commands/delete.ts'
import { resubmit } from './commands/resubmit.ts'
import { settleUncertain } from './commands/settle-by-hand.ts'
import { advance } from './engine/advance.ts'
import { retryWrite } from './engine/retry-write.ts'
import { startVariations } from './start/start.ts'
import { applyEvent } from './store.ts'

process.env.KIE_API_KEY = 'a key'
process.env.GOOGLE_CLOUD_PROJECT = 'a project'
const { test, bed } = veoBed(
  ({ kie, vertex }) => testGeneration([kie, vertex], { concurrency: 50 }),
  {
    hasQueue: true,
  },
)

const workers = 20
const rounds = 400
const longestMs = 20_000

/** Numbers that come in the same order each time. */
function numbers(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

/** What providers do: fail with a bill or without one, make no job, or are never heard of again. */
function scriptProviders(pick: (below: number) => number) {
  const failed = () =>
    aProviderError({ submitOutcome: 'job_made', retryable: false }, 'generation_failed')
  for (const provider of [bed.kie, bed.vertex]) {
    provider.onSubmit = async (key) => {
      const end = pick(4)
      if (end === 0) throw aProviderError({ retryable: false }, 'content_policy')
      if (end === 1) throw aProviderError({ submitOutcome: 'unknown', retryable: false }, 'timeout')
      return provider.makeJob(key)
    }
    provider.onCheck = async () => {
      if (pick(3) === 0) return { status: 'pending', progress: 50 }
      const billed = pick(2) === 0 ? {} : { costMicros: 100_000 * pick(20) }
      return { status: 'failed', error: failed(), ...billed }
    }
  }
}

async function stage() {
  const [anna, bert] = [await anAccount(), await anAccount()]
  const [first, second] = [
    await anAccount({ isAnonymous: true }),
    await anAccount({ isAnonymous: true }),
  ]
  const visitors = [first, second].map((one) => callerNamed(one.userId))
  const ofOrganization = { ...anna, ownerId: `org_${anna.userId}` }
  const byKey = { ...bert, keyId: `key_${bert.userId}` }
  const callers = [anna, bert, ...visitors, ofOrganization, byKey]
  for (const { ownerId } of callers)
    await grant({ ownerId, amountMicros: 5_000_000, byUserId: null, note: null })
  const { codes } = await makeCodes({ count: 60, usd: 1 }, 'admin', bed.deps.now())
  const adoptions = [
    [first.userId, anna.userId],
    [second.userId, bert.userId],
  ] as const
  return { callers, codes, adoptions, ids: [] as string[] }
}
type Stage = Awaited<ReturnType<typeof stage>>
type Play = (on: Stage, pick: (below: number) => number) => Promise<unknown>

const one = <T>(of: readonly T[], pick: (below: number) => number) => of[pick(of.length)]!
const aVideo = (on: Stage, pick: (below: number) => number) => one(on.ids, pick) ?? 'file_none'

async function ownerOf(id: string) {
  const { rows } = await database().execute<{ owner: string }>(
    sql`select owner_id as owner from generation where id = ${id}`,
  )
  return rows[0]?.owner ?? ''
}

async function pay(ownerId: string, refundedCents: number) {
  const id = `cs_${crypto.randomUUID()}`
  const at = bed.deps.now()
  const row = { id, ownerId, userId: ownerId, amountMicros: 1_000_000, createdAt: at }
  const state = { isPaid: true, end: null, cents: 100, currency: 'usd', paymentId: null }
  await database().insert(topUp).values(row)
  await inTransaction(async (tx) => {
    const [locked] = await tx
      .select()
      .from(topUp)
      .where(sql`id = ${id}`)
      .for('update')
    await applyCheckout(tx, locked!, { ...state, refundedCents, isDisputed: false }, at)
  })
}

/** Some seconds later, so that slots and cooldowns come to their end. */
function step(on: Stage, pick: (below: number) => number) {
  bed.deps.pass(5_000)
  return advance(aVideo(on, pick), bed.deps, { force: true })
}

const plays: Play[] = [
  async (on, pick) => {
    const body = { prompt: 'a fox', model: 'veo-3.1-fast', variations: 1 + pick(3) }
    const caller = one(on.callers, pick)
    const now = bed.deps.now()
    const rows = await startVariations({ caller, body, idempotencyKey: null, now })
    on.ids.push(...rows.map(({ id }) => id))
  },
  step,
  step,
  step,
  async (on, pick) => {
    const id = aVideo(on, pick)
    await cancelGeneration(await ownerOf(id), id, bed.deps)
  },
  async (on, pick) => {
    const id = aVideo(on, pick)
    await deleteGeneration(await ownerOf(id), id, bed.deps)
  },
  async (on, pick) => {
    const id = aVideo(on, pick)
    await resubmit({ ownerId: await ownerOf(id), isVisitor: false }, id, bed.deps)
  },
  async (on, pick) => {
    const open = await database().execute<{ key: string; id: string }>(sql`
      select idempotency_key as key, generation_id as id from attempt where outcome in ('unknown', 'canceled')`)
    const late = open.rows[pick(open.rows.length || 1)]
    const error = { code: 'provider_unavailable', userMessage: 'Busy.' } as const
    const told = pick(2) === 0 ? { type: 'submit_failed' as const } : undefined
    if (!late) return
    const { key: idempotencyKey, id } = late
    const refused = { type: 'submit_refused' as const, next: { action: 'fail' as const } }
    // As the engine writes an answer to a paid call: until it is written.
    await retryWrite(() => applyEvent(id, { ...(told ?? refused), idempotencyKey, error }))
  },
  async (_, pick) => {
    const { rows } = await database().execute<{ id: string }>(
      sql`select generation_id as id from hold where uncertain_since is not null`,
    )
    const id = rows[pick(rows.length || 1)]?.id
    const body = { chargeUsd: pick(13) / 10, ...(pick(2) === 0 && { ownUsd: pick(3) }) }
    if (!id) return
    // Two admins at once.
    const settled = () => settleUncertain(id, body, 'admin', bed.deps.now()).catch(refusal)
    await Promise.all([settled(), settled()])
  },
  (on, pick) =>
    grant({
      ownerId: one(on.callers, pick).ownerId,
      amountMicros: 400_000 * (pick(5) - 1.5),
      byUserId: 'admin',
      note: null,
    }),
  (on, pick) => redeem(one(on.callers, pick), one(on.codes, pick), bed.deps.now()),
  (on, pick) => pay(one(on.callers, pick).ownerId, pick(3) * 40),
  async (on, pick) => {
    if (pick(6) === 0) await adopt(...one(on.adoptions, pick))
  },
]

/** A refusal is an answer. A deadlock, a broken constraint or a lost lock is not. */
function refusal(error: unknown) {
  if (!(error instanceof AppError)) throw error
}

describe(`${workers} at once start, settle, grant, redeem, pay, adopt and settle by hand`, () => {
  test(
    'and the books balance, of every video, by every account and figure',
    { timeout: 120_000 },
    async () => {
      Object.assign(env(), { BILLING: 'credits', PRICE_FACTOR: { all: 1_333_333, byModel: {} } })
      const pick = numbers(20_261_127)
      scriptProviders(pick)
      const on = await stage()
      const failures: unknown[] = []
      const end = Date.now() + longestMs
      let left = rounds
      const work = async () => {
        while (left-- > 0 && Date.now() < end)
          await one(plays, pick)(on, pick)
            .catch(refusal)
            .catch((error: unknown) => failures.push(error))
      }
      await Promise.all(Array.from({ length: workers }, work))
      Object.assign(env(), { BILLING: 'off', PRICE_FACTOR: { all: 1_000_000, byModel: {} } })
      expect(failures).toEqual([])
      expect(await checkLedger()).toMatchObject({ sum: '0', mismatches: 0, examples: [] })
      for (const { amountMicros, chargedMicros } of await database().select().from(hold))
        expect(chargedMicros ?? 0).toBeLessThanOrEqual(amountMicros)
      for (const { id, balance, mayBeNegative } of await database().select().from(ledgerAccount))
        if (!mayBeNegative) expect([id, balance < 0]).toEqual([id, false])
    },
  )
})
