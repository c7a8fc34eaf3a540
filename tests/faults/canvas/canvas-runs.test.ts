import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shownVersion } from '#lib/contract/canvas/brought'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { checkLedger } from '#lib/money/check'
import { withTestDatabase } from '../../support/database/test-database.ts'
import { tinyPicture } from '../../support/films/tiny-picture.ts'
import { faultsOf } from './judge-run.ts'
import { type Played, all, cancelOne, mediaNodes, planOf, playRun, run } from './play-run.ts'
import { type RunPlan, rareRunPlans, runPlans } from './run-plan.ts'

process.env.KIE_API_KEY = 'a key'
process.env.GOOGLE_CLOUD_PROJECT = 'a project'
withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

// The same plans everywhere, besides the rare ones; `npm run test:long` asks for more, and draws others each time.
const numRuns = process.env.PLANS ? Math.ceil(Number(process.env.PLANS) / 5) : 10
const seed = process.env.PLANS ? undefined : 20_261_128

const dayMs = 24 * 3_600_000

/** Its user decides what only a user can, waits a day and runs once more; then each node that can be made is. */
async function afterAnotherRun(played: Played): Promise<string[]> {
  const { stage } = played
  for (const { id, state } of await stage.open())
    if (state === 'submit_unknown') await cancelOne(played, id)
  stage.deps.pass(dayMs)
  await stage.settle()
  if ((await planOf(played, all)).canRun) await run(played, all)
  await stage.settle()
  return [...(await faultsOf(played)), ...(await unmade(played))]
}

/** The nodes that can be made and are not. */
async function unmade(played: Played): Promise<string[]> {
  const { nodes } = await planOf(played, all)
  // Of a graph of which a part can never be made, nothing is.
  if (nodes.some((one) => one.does === 'refuse')) return []
  const rows = await played.stage.rows()
  const shown = (await mediaNodes(played)).map(shownVersion)
  const states = shown.map((id) => rows.find((row) => row.id === id)?.state)
  return [
    ...states.flatMap((state) => (state === 'completed' ? [] : [`a node is ${state}`])),
    ...nodes.flatMap(({ does }) => (does === 'reuse' ? [] : [`nothing has changed: ${does}`])),
  ]
}

test('whatever happens to a run, each node is bought at most once and none waits without a cause', async () => {
  const framePath = await tinyPicture()
  const ends: Record<string, number> = {}
  const seen = { plans: 0, files: 0, jobs: 0, runs: 0, refused: 0 }
  const judged = async (plan: RunPlan) => {
    await playRun(structuredClone(plan), framePath, async (played) => {
      const { stage, asked } = played
      expect(await faultsOf(played)).toEqual([])
      const rows = await stage.rows()
      for (const { state, errorCode } of rows) {
        const end = errorCode === 'input_failed' ? errorCode : state
        ends[end] = (ends[end] ?? 0) + 1
      }
      seen.plans++
      seen.files += rows.length
      seen.jobs += stage.market.jobs.length
      seen.runs += asked.filter(({ id }) => id).length
      if (rows.length === 0) seen.refused++
      expect(await afterAnotherRun(played)).toEqual([])
    })
  }
  try {
    const examples = rareRunPlans.map((plan): [RunPlan] => [plan])
    await fc.assert(fc.asyncProperty(runPlans, judged), {
      numRuns: numRuns + examples.length,
      ...(seed !== undefined && { seed }),
      examples,
    })
    expect(await checkLedger()).toMatchObject({ sum: '0', mismatches: 0, examples: [] })
  } finally {
    console.info('runs of canvases', seen, 'ends', ends)
  }
}, 900_000)
