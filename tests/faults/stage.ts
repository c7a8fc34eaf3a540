import { pricedMicros } from '#lib/contract/money'
import { env } from '#lib/env'
import { AppError } from '#lib/errors'
import { findGeneration } from '#lib/generations/queries'
import { claim } from '#lib/generations/engine/lease'
import { applyEvent } from '#lib/generations/store'
import { advance } from '#lib/generations/engine/advance'
import type { GenerationDeps } from '#lib/generations/engine/deps'
import { newId } from '#lib/ids'
import { grant } from '#lib/money/grants'
import {
  type TestGeneration,
  forgetEverything,
  queueFile,
  testGeneration,
} from '../support/generations/test-generation.ts'
import type { Hang } from './hangs.ts'
import { type Market, openMarket } from './market.ts'
import { type MoneyPlan, subjects } from './money/money-plan.ts'
import { sendWebhook } from './send-webhook.ts'
import { isOfStumble, stumble } from './stumble.ts'

/** Where one script is played: one video or image, its market, a real database and a clock that is moved by hand. */
export interface Stage {
  id: string
  ownerId: string
  market: Market
  deps: TestGeneration
  /** The same, for a driver that leaves after one step instead of waiting by the real clock. */
  hurried: GenerationDeps
  /** Idempotency keys whose job a webhook has named. */
  notified: Set<string>
  /** What was written down on the mere word of a webhook. */
  believed: string[]
  /** Waits for an action; where its call hangs, its process counts as dead and its lease runs out. */
  untilDead(action: () => Promise<unknown>): Promise<void>
  /** Lets the next step come due and takes it, from as many processes at once as asked for. */
  step(processes?: number): Promise<void>
  /** Wakes the first process that was presumed dead, and waits for what it still does; false where there is none. */
  wake(): Promise<boolean>
  /** Ends whatever is left. */
  close(): Promise<void>
}

/**
 * Sets the stage for a script. Where `madePath` is given the finished video is really stored; without it, a video
 * whose bytes are due to be stored counts as stored, since looking into the bytes costs a process each.
 */
export async function setStage(plan: MoneyPlan, madePath: string | undefined): Promise<Stage> {
  let databaseBack: Promise<void> | undefined
  const market = openMarket({
    plan,
    madePath,
    notify: (job) => sendWebhook(stage, job),
    async stumble() {
      const { away, over } = stumble()
      databaseBack = over
      await away
    },
  })
  const deps = testGeneration(market.providers, { publicUrl: 'https://studio.example' })
  const { mostMicros, ...subject } = subjects[plan.terms.subject]
  const purse = await purseFor(plan, mostMicros)
  const { id, ownerId } = await queueFile(deps, { ...subject, provider: 'kie', ...purse })
  const hung = new Map<Hang, Promise<unknown>>()

  const stage: Stage = {
    id,
    ownerId,
    market,
    deps,
    hurried: { ...deps, signal: AbortSignal.abort() },
    notified: new Set(),
    believed: [],

    async untilDead(action) {
      const stuck = Promise.withResolvers<'hung'>()
      const outer = market.onHang
      market.onHang = () => stuck.resolve('hung')
      const acted = action().catch(ignoreRefusal)
      const first = await Promise.race([acted, stuck.promise])
      market.onHang = outer
      await databaseBack
      if (first !== 'hung') return
      hung.set(market.hangs.at(-1)!, acted)
      deps.pass(deps.pace.leaseMs + 1)
    },

    async step(processes = 1) {
      const row = await findGeneration(id)
      if (!row) return
      deps.pass(Math.max(0, row.dueAt.getTime() - deps.now().getTime()))
      const isStored = row.state === 'storing' && !row.deletedAt && !madePath
      if (isStored) {
        await putToRest(stage)
        return
      }
      const oneStep = () => advance(id, deps).catch(unlessOfStumble)
      const steps = () => Array.from({ length: processes }, oneStep)
      await stage.untilDead(() => Promise.all(steps()))
    },

    async wake() {
      const hang = market.hangs.find((one) => one.wake && hung.has(one))
      if (!hang) return false
      const acted = hung.get(hang)
      hung.delete(hang)
      hang.wake!()
      await acted
      return true
    },

    async close() {
      await databaseBack
      await forgetEverything()
      for (const hang of market.hangs) hang.kill()
      await Promise.all(hung.values())
      await deps.dispose()
    },
  }
  return stage
}

/** An owner of its own, since the ledger keeps everything, with as much money as the video may cost. */
async function purseFor({ terms: { isBilled, priceFactor } }: MoneyPlan, mostMicros: number) {
  Object.assign(env(), { BILLING: isBilled ? 'credits' : 'off' })
  const ownerId = newId('token')
  const heldMicros = pricedMicros(mostMicros, priceFactor)
  if (isBilled) await grant({ ownerId, amountMicros: heldMicros, byUserId: null, note: null })
  return { ownerId, priceFactor, heldMicros, ceilingMicros: heldMicros }
}

function ignoreRefusal(error: unknown) {
  if (!(error instanceof AppError)) throw error
}

/** A process that meets no database leaves the step to another one. */
function unlessOfStumble(error: unknown) {
  if (!isOfStumble(error)) throw error
}

async function putToRest({ id, ownerId, deps }: Stage) {
  const lease = await claim(id, deps, false)
  if (!lease) return
  const { leaseId } = lease
  const facts = { contentType: 'video/mp4', sizeBytes: 1, sha256: id, width: 2, height: 2 }
  const at = { createdAt: deps.now(), usedAt: deps.now() }
  const keys = { id: `asset_of_${id}`, ownerId, storageKey: `${id}/video.mp4` }
  const asset = { ...facts, ...at, ...keys, kind: 'video', generationId: id } as const
  await applyEvent(id, { type: 'stored', leaseId, asset }, deps.databaseClock)
}
