import type { CanvasRunRequest } from '#lib/contract/canvas/run'
import type { MediaNode } from '#lib/contract/canvas/canvas'
import { microsOf } from '#lib/contract/money'
import { planRun } from '#lib/canvas/run/plan'
import { runCanvas } from '#lib/canvas/run/run'
import { cancelRuns } from '#lib/canvas/run/running'
import { changeCanvas } from '#lib/canvas/store/change-canvas'
import { readContent } from '#lib/canvas/store/elements'
import { database } from '#lib/db/client'
import { AppError } from '#lib/errors'
import { cancelGeneration } from '#lib/generations/commands/cancel'
import { deleteGeneration } from '#lib/generations/commands/delete'
import { resubmit } from '#lib/generations/commands/resubmit'
import { claim } from '#lib/generations/engine/lease'
import { newId, randomText } from '#lib/ids'
import { losingTheConnection } from '../../support/database/crashing-transaction.ts'
import { callerNamed } from '../../support/people/caller-named.ts'
import type { RunEvent, RunPlan } from './run-plan.ts'
import { type Row, RunStage } from './run-stage.ts'

/** A request for a run, and what came of it. */
interface Asked {
  request: CanvasRunRequest
  key: string
  agreedMicros: number
  /** Undefined where nothing was started, as far as its sender knows. */
  id: string | undefined
  fileIds: string[]
}

/** What was played, for the judge. */
export interface Played {
  stage: RunStage
  asked: Asked[]
  /** How often each node was asked for once more although nothing had changed, and each file submitted again. */
  again: Map<string, number>
  consents: Map<string, number>
  /** What was started and then deleted. */
  deleted: Row[]
  /** What was seen to be wrong on the way. */
  faults: string[]
}

/** The whole canvas. */
export const all: CanvasRunRequest = { scope: 'all', nodes: [] }

/** Plays a plan against the real pipeline, then lets time pass without faults; `judged` says what it came to. */
export async function playRun<T>(
  plan: RunPlan,
  framePath: string,
  judged: (played: Played) => Promise<T>,
): Promise<T> {
  const stage = await RunStage.set(plan, framePath)
  const counts = { again: new Map(), consents: new Map() }
  const played: Played = { stage, asked: [], ...counts, deleted: [], faults: [] }
  try {
    await run(played, all)
    for (const event of plan.events) await events[event.word](played, event.pick)
    stage.market.behave()
    await stage.settle()
    return await judged(played)
  } finally {
    await stage.close()
  }
}

const caller = ({ stage }: Played) => callerNamed(stage.ownerId)

/** What a run would make right now. */
export async function planOf(played: Played, request: CanvasRunRequest) {
  const { canvasId, deps } = played.stage
  return (await planRun(caller(played), canvasId, request, deps.now())).plan
}

/** Reads the plan and starts it for the price it says, as the dialog does. A plan that can be run is started. */
export async function run(played: Played, request: CanvasRunRequest) {
  const { canRun, upToUsd } = await planOf(played, request)
  const one = noteOf(played, request, upToUsd)
  const isStarted = await send(played, one)
  if (isStarted !== canRun) played.faults.push(`planned ${canRun}, and started ${isStarted}`)
}

function noteOf({ asked }: Played, request: CanvasRunRequest, upToUsd: number): Asked {
  const key = newId('token')
  const agreedMicros = microsOf(upToUsd)
  const one = { request: { ...request, maxUsd: upToUsd }, key, agreedMicros, fileIds: [] }
  asked.push({ ...one, id: undefined })
  return asked.at(-1)!
}

/** Whether something was started by it, now or before. */
async function send(played: Played, one: Asked): Promise<boolean> {
  const { stage, again, faults } = played
  const { request, key } = one
  const order = { caller: caller(played), canvasId: stage.canvasId, request, key }
  try {
    const started = await runCanvas({ ...order, now: stage.deps.now() })
    if (one.id && one.id !== started.id) faults.push('the same request was another run')
    if (!one.id && request.scope === 'these')
      for (const node of new Set(request.nodes)) again.set(node, (again.get(node) ?? 0) + 1)
    if (!one.id) one.fileIds = started.started.map(({ fileId }) => fileId)
    one.id = started.id
    return true
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (one.id) faults.push(`the same request was refused: ${error.code}`)
    return false
  }
}

/** What can be made on the canvas. */
export async function mediaNodes({ stage: { canvasId } }: Played): Promise<MediaNode[]> {
  const { nodes } = await readContent(database(), canvasId)
  return [...nodes.values()].filter((node) => node.kind === 'image' || node.kind === 'video')
}

const oneOf = <T>(list: readonly T[], pick: number) => list[pick % list.length]

/** Runs with one of the media nodes, where there is any. */
async function runWith(
  played: Played,
  pick: number,
  of: (id: string) => CanvasRunRequest,
): Promise<void> {
  const node = oneOf(await mediaNodes(played), pick)
  if (node) await run(played, of(node.id))
}

async function withOpen(played: Played, pick: number, act: (row: Row) => Promise<unknown>) {
  const row = oneOf(await played.stage.open(), pick)
  if (row) await act(row)
}

const events: Record<RunEvent['word'], (played: Played, pick: number) => Promise<unknown>> = {
  step: (played, pick) => withOpen(played, pick, (row) => played.stage.step(row)),
  async 'all step'({ stage }) {
    for (const row of await stage.open()) await stage.step(row)
  },
  'time passes': ({ stage }) => stage.settle(),
  'two steps at once': (played, pick) => withOpen(played, pick, (row) => played.stage.step(row, 2)),
  'claimed and killed': (played, pick) =>
    withOpen(played, pick, async ({ id }) => {
      const { deps } = played.stage
      if (await claim(id, deps, false)) deps.pass(deps.pace.leaseMs + 1)
    }),
  'cancel one': (played, pick) => withOpen(played, pick, ({ id }) => cancelOne(played, id)),
  'cancel the runs': ({ stage }) =>
    stage.untilDead(() => cancelRuns(stage.ownerId, stage.canvasId, stage.hurried)),
  'delete one': deleteOne,
  resubmit: (played) => submitAgain(played),
  edit,
  run: (played) => run(played, all),
  'run these': (played, pick) => runWith(played, pick, (id) => ({ scope: 'these', nodes: [id] })),
  'run from': (played, pick) => runWith(played, pick, (id) => ({ scope: 'from', nodes: [id] })),
  'run one twice': (played, pick) =>
    runWith(played, pick, (id) => ({ scope: 'these', nodes: [id, id] })),
  'the same request again': (played) => send(played, played.asked.at(-1)!),
  'the same request at once': sameAtOnce,
  'two runs at once': twoAtOnce,
  'run, and the connection is lost': runAndLose,
}

/** One that is canceled at its user's wish. */
export function cancelOne({ stage }: Played, id: string) {
  return stage.untilDead(() => cancelGeneration(stage.ownerId, id, stage.hurried))
}

async function deleteOne({ stage, deleted }: Played, pick: number) {
  const row = oneOf(await stage.rows(), pick)
  if (!row || row.deletedAt) return
  deleted.push(row)
  await stage.untilDead(() => deleteGeneration(stage.ownerId, row.id, stage.hurried))
}

async function submitAgain(played: Played) {
  const { stage, consents } = played
  const row = (await stage.open()).find(({ state }) => state === 'submit_unknown')
  if (!row) return
  await stage.untilDead(async () => {
    await resubmit(caller(played), row.id, stage.deps)
    consents.set(row.id, (consents.get(row.id) ?? 0) + 1)
  })
}

/** Its prompt is another one than it ever was. */
async function edit(played: Played, pick: number) {
  const { ownerId, canvasId } = played.stage
  const node = oneOf(await mediaNodes(played), pick)
  if (!node) return
  const settings = { ...node.settings, prompt: `Changed to ${randomText(12)}.` }
  await changeCanvas(ownerId, canvasId, {
    requestId: randomText(24),
    changes: [{ change: 'set', id: node.id, fields: { settings } }],
  })
}

/** Sent three times at once, as by a page that hears nothing: one run, and each is told of it. */
async function sameAtOnce(played: Played) {
  const { canRun, upToUsd } = await planOf(played, all)
  const one = noteOf(played, all, upToUsd)
  const sent = await Promise.all([1, 2, 3].map(() => send(played, one)))
  if (sent.some((isStarted) => isStarted !== canRun))
    played.faults.push(`planned ${canRun}, and three at once were answered ${sent.join()}`)
}

/** Two pages plan the same and run it with a key each. */
async function twoAtOnce(played: Played) {
  const { upToUsd } = await planOf(played, all)
  const both = [noteOf(played, all, upToUsd), noteOf(played, all, upToUsd)]
  await Promise.all(both.map((one) => send(played, one)))
}

const statements = 60

/** The process ends somewhere in the start, or right after it: its sender does not know which. */
async function runAndLose(played: Played, pick: number) {
  const { upToUsd } = await planOf(played, all)
  const one = noteOf(played, all, upToUsd)
  await losingTheConnection((pick % statements) + 1, () => send(played, one))
}
