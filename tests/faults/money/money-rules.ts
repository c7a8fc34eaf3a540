import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { checkLedger } from '#lib/money/check'
import { tinyMp4 } from '../../support/films/tiny-mp4.ts'
import { tinyPicture } from '../../support/films/tiny-picture.ts'
import { judge } from '../judge.ts'
import { judgeLedger } from './judge-ledger.ts'
import { moneyPlans, rarePlans } from './money-plan.ts'
import { runPlan } from '../run-plan.ts'

// The same 300 plans everywhere; `npm run test:long` asks for more, and draws others each time. They are shared out among
// as many files as there are workers, each with plans and a database of its own.
const shares = 4
const plansInAll = Number(process.env.PLANS ?? 300)
const seed = process.env.PLANS ? undefined : 20_261_127
// Every so often the finished bytes are really looked into and stored.
const storedEvery = 75

/** Plays one of the four shares of the plans, within a test file that has a database. */
export function playShare(share: 1 | 2 | 3 | 4) {
  beforeAll(startQueue)
  afterAll(() => stopQueue(1_000))
  test(
    `whatever happens to a video or an image, it is never lost, never paid for twice, booked as billed and charged as booked (${share})`,
    () => play(share),
    900_000,
  )
}

async function play(share: number) {
  const madePaths = { video: await tinyMp4(), image: await tinyPicture() }
  const seen = { runs: 0, lost: 0, billedTwice: 0, misbooked: 0, waitingForUser: 0, fallbacks: 0 }
  const ends: Record<string, number> = {}
  const unpaid: Record<string, number> = {}
  const judged = async (plan: (typeof rarePlans)[number]) => {
    const isStored = seen.runs++ % storedEvery === 0
    const outcome = await runPlan(
      structuredClone(plan),
      isStored ? madePaths[plan.terms.subject] : undefined,
    )
    const { lost, billedTwice, misbooked, waitsForUser } = judge(plan, outcome)
    if (lost) seen.lost++
    if (billedTwice) seen.billedTwice++
    if (misbooked) seen.misbooked++
    if (waitsForUser) seen.waitingForUser++
    const attempts = outcome.row?.attempts ?? []
    if (new Set(attempts.map(({ provider }) => provider)).size > 1) seen.fallbacks++
    const end = outcome.row?.state ?? 'deleted'
    ends[end] = (ends[end] ?? 0) + 1
    expect(lost).toBeNull()
    expect(billedTwice).toBeNull()
    expect(misbooked).toBeNull()
    const ledger = judgeLedger(plan, outcome)
    for (const name of ledger.leftOver) unpaid[name] = (unpaid[name] ?? 0) + 1
    expect(ledger.fault).toBeNull()
  }
  try {
    await fc.assert(fc.asyncProperty(moneyPlans, judged), {
      numRuns: Math.ceil(plansInAll / shares),
      ...(seed !== undefined && { seed: seed + share }),
      examples: rarePlans.filter((_, index) => index % shares === share - 1).map((plan) => [plan]),
    })
    // All plans together, with every figure that is kept beside the transfers.
    expect(await checkLedger()).toMatchObject({ sum: '0', mismatches: 0, examples: [] })
  } finally {
    console.info('money rules', share, seen, 'ends', ends, 'not charged', unpaid)
  }
}
