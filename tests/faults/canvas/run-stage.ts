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

const purseMicros = 1_000_000_000
const roundsAtMost = 120
// So many rounds in which nothing moves: what is left waits for its user.
const patience = 5
const idleMs = 120_000

/** Where one plan is played: a canvas and its owner, a market, a real database and a clock that is moved by hand. */
export class RunStage {
  readonly ownerId = newId('token')
  readonly market: RunMarket
  readonly deps: TestGeneration
  /** The same, for a driver that leaves after one step instead of waiting by the real clock. */
  readonly hurried: GenerationDeps
  canvasId = ''
  private readonly dead: Promise<unknown>[] = []
  private readonly terms = { ...env() }

  /** The graph of the plan is a canvas, its owner has more money than all of it costs. */
  static async set(plan: RunPlan, framePath: string): Promise<RunStage> {
    const stage = new RunStage(plan, framePath)
    const { ownerId } = stage
    const purse = { ownerId, amountMicros: purseMicros, byUserId: null, note: null }
    if (plan.isBilled) await grant(purse)
    const { nodes, edges } = graphOf(plan.nodes)
    stage.canvasId = await aCanvas(ownerId, nodes, edges)
    return stage
  }

  private constructor(plan: RunPlan, framePath: string) {
    Object.assign(env(), {
      BILLING: plan.isBilled ? 'credits' : 'off',
      PRICE_FACTOR: { all: plan.priceFactor, byModel: {} },
    })
    this.market = openRunMarket(plan, framePath)
    this.deps = withBytes(testGeneration(this.market.providers))
    this.hurried = { ...this.deps, signal: AbortSignal.abort() }
  }

  /** All that was started, in order. */
  rows(): Promise<Row[]> {
    return database()
      .select()
      .from(generation)
      .where(eq(generation.ownerId, this.ownerId))
      .orderBy(asc(generation.createdAt), asc(generation.batchRow), asc(generation.id))
  }

  /** What of it is not over. */
  async open(): Promise<Row[]> {
    const rows = await this.rows()
    return rows.filter(({ state, deletedAt }) => !isFinalState(state) || deletedAt)
  }

  /** Waits for an action; where its call hangs, its process counts as dead and its lease runs out. */
  async untilDead(action: () => Promise<unknown>) {
    const stuck = Promise.withResolvers<'hung'>()
    this.market.onHang = () => stuck.resolve('hung')
    const acted = action().catch(ignoreRefusal)
    if ((await Promise.race([acted, stuck.promise])) !== 'hung') return
    this.dead.push(acted)
    this.deps.pass(this.deps.pace.leaseMs + 1)
  }

  /** Lets the next step of one come due and takes it, from as many processes at once as asked for. */
  async step(row: Row, processes = 1) {
    const { deps } = this
    deps.pass(Math.max(0, row.dueAt.getTime() - deps.now().getTime()))
    if (row.state === 'storing' && !row.deletedAt) return putToRest(row, deps)
    const steps = () => Array.from({ length: processes }, () => advance(row.id, deps))
    await this.untilDead(() => Promise.all(steps()))
  }

  /** Lets time pass until all is over, or waits for its user. */
  async settle() {
    let seen = ''
    for (let round = 0, idle = 0; round < roundsAtMost && idle < patience; round++) {
      const open = await this.open()
      if (open.length === 0) return
      for (const row of nextOf(open, this.deps.now())) await this.step(row)
      const now = JSON.stringify((await this.open()).map(standing))
      idle = now === seen ? idle + 1 : 0
      if (idle > 0) this.deps.pass(idleMs)
      seen = now
    }
  }

  /** Ends whatever is left. */
  async close() {
    const { BILLING, PRICE_FACTOR } = this.terms
    Object.assign(env(), { BILLING, PRICE_FACTOR })
    await forgetEverything()
    for (const hang of this.market.hangs) hang.kill()
    await Promise.all(this.dead)
    await this.deps.dispose()
  }
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

function ignoreRefusal(error: unknown) {
  if (!(error instanceof AppError)) throw error
}
