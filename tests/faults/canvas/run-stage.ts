import { asc, eq } from 'drizzle-orm'
import { database } from '#lib/db/client'
import { generation } from '#lib/db/generation-schema'
import { env } from '#lib/env'
import { AppError } from '#lib/errors'
import { advance } from '#lib/generations/engine/advance'
import type { GenerationDeps } from '#lib/generations/engine/deps'
import { claim } from '#lib/generations/engine/lease'
import { isFinalState } from '#lib/generations/states'
import { applyEvent } from '#lib/generations/store'
import { newId } from '#lib/ids'
import { grant } from '#lib/money/grants'
import { aCanvas } from '#lib/canvas/store/test-canvas'
import {
  type TestGeneration,
  forgetEverything,
  testGeneration,
} from '../../support/generations/test-generation.ts'
import { graphOf } from './run-graph.ts'
import { type RunMarket, openRunMarket } from './run-market.ts'
import type { RunPlan } from './run-plan.ts'

export type Row = typeof generation.$inferSelect

/** Where one plan is played: a canvas and its owner, a market, a real database and a clock that is moved by hand. */
export interface RunStage {
  ownerId: string
  canvasId: string
  market: RunMarket
  deps: TestGeneration
  /** The same, for a driver that leaves after one step instead of waiting by the real clock. */
  hurried: GenerationDeps
  /** All that was started, in order. */
  rows(): Promise<Row[]>
  /** What of it is not over. */
  open(): Promise<Row[]>
  /** Waits for an action; where its call hangs, its process counts as dead and its lease runs out. */
  untilDead(action: () => Promise<unknown>): Promise<void>
  /** Lets the next step of one come due and takes it, from as many processes at once as asked for. */
  step(row: Row, processes?: number): Promise<void>
  /** Lets time pass until all is over, or waits for its user. */
  settle(): Promise<void>
  close(): Promise<void>
}

const purseMicros = 1_000_000_000
const roundsAtMost = 120
// So many rounds in which nothing moves: what is left waits for its user.
const patience = 5
const idleMs = 120_000

/** Sets the stage: the graph of the plan is a canvas, its owner has more money than all of it costs. */
export async function setRunStage(plan: RunPlan, framePath: string): Promise<RunStage> {
  const { BILLING, PRICE_FACTOR } = env()
  Object.assign(env(), {
    BILLING: plan.isBilled ? 'credits' : 'off',
    PRICE_FACTOR: { all: plan.priceFactor, byModel: {} },
  })
  const ownerId = newId('token')
  if (plan.isBilled) await grant({ ownerId, amountMicros: purseMicros, byUserId: null, note: null })
  const { nodes, edges } = graphOf(plan.nodes)
  const canvasId = await aCanvas(ownerId, nodes, edges)
  const market = openRunMarket(plan, framePath)
  const deps = withBytes(testGeneration(market.providers))
  const dead: Promise<unknown>[] = []

  const stage: RunStage = {
    ownerId,
    canvasId,
    market,
    deps,
    hurried: { ...deps, signal: AbortSignal.abort() },

    rows: () =>
      database()
        .select()
        .from(generation)
        .where(eq(generation.ownerId, ownerId))
        .orderBy(asc(generation.createdAt), asc(generation.batchRow), asc(generation.id)),

    async open() {
      const rows = await stage.rows()
      return rows.filter(({ state, deletedAt }) => !isFinalState(state) || deletedAt)
    },

    async untilDead(action) {
      const stuck = Promise.withResolvers<'hung'>()
      market.onHang = () => stuck.resolve('hung')
      const acted = action().catch(ignoreRefusal)
      if ((await Promise.race([acted, stuck.promise])) !== 'hung') return
      dead.push(acted)
      deps.pass(deps.pace.leaseMs + 1)
    },

    async step(row, processes = 1) {
      deps.pass(Math.max(0, row.dueAt.getTime() - deps.now().getTime()))
      if (row.state === 'storing' && !row.deletedAt) return putToRest(row, deps)
      const steps = () => Array.from({ length: processes }, () => advance(row.id, deps))
      await stage.untilDead(() => Promise.all(steps()))
    },

    async settle() {
      let seen = ''
      for (let round = 0, idle = 0; round < roundsAtMost && idle < patience; round++) {
        const open = await stage.open()
        if (open.length === 0) return
        for (const row of nextOf(open, deps.now())) await stage.step(row)
        const now = JSON.stringify(await stage.open().then((rows) => rows.map(standing)))
        idle = now === seen ? idle + 1 : 0
        if (idle > 0) deps.pass(idleMs)
        seen = now
      }
    },

    async close() {
      Object.assign(env(), { BILLING, PRICE_FACTOR })
      await forgetEverything()
      for (const hang of market.hangs) hang.kill()
      await Promise.all(dead)
      await deps.dispose()
    },
  }
  return stage
}

/** What waits for another has its turn when it was woken, when its time has come, or when nothing else is left. */
function nextOf(open: Row[], now: Date) {
  const due = open.filter(({ waitsFor, dueAt }) => !waitsFor || dueAt <= now)
  const next = due.length > 0 ? due : open
  return next.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
}

function standing({ id, state, waitsFor, failures, provider }: Row) {
  return [id, state, waitsFor, state === 'submit_unknown' ? 0 : failures, provider]
}

/** What counts as stored has bytes to read, since others are made of it; looking into real ones costs a process each. */
function withBytes(deps: TestGeneration): TestGeneration {
  const object = { sizeBytes: 1, read: () => new Response('x').body! }
  return Object.assign(deps, { storage: { ...deps.storage, get: async () => object } })
}

/** It counts as stored. */
async function putToRest({ id, ownerId, kind }: Row, deps: TestGeneration) {
  const lease = await claim(id, deps, false)
  if (!lease) return
  const { leaseId } = lease
  const isImage = kind === 'image'
  const facts = {
    kind: isImage ? 'image' : 'video',
    contentType: isImage ? 'image/png' : 'video/mp4',
    storageKey: isImage ? `${id}/image.png` : `${id}/video.mp4`,
  } as const
  const size = { sizeBytes: 1, sha256: id, width: 2, height: 2 }
  const at = { createdAt: deps.now(), usedAt: deps.now() }
  const asset = { ...facts, ...size, ...at, id: `asset_of_${id}`, ownerId, generationId: id }
  await applyEvent(id, { type: 'stored', leaseId, asset }, deps.databaseClock)
}

export function ignoreRefusal(error: unknown) {
  if (!(error instanceof AppError)) throw error
}
