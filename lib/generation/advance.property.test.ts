import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  aProviderError,
  type ScriptedProvider,
  scriptedProvider,
} from '../../tests/support/scripted-provider.ts'
import { withTestDatabase } from '../../tests/support/test-database.ts'
import {
  type TestGeneration,
  forgetEverything,
  driveToEnd,
  queueFile,
  testGeneration,
} from '../../tests/support/test-generation.ts'
import { tinyMp4 } from '../../tests/support/tiny-mp4.ts'
import { database } from '../db/client.ts'
import { file } from '../db/schema.ts'
import { findFile } from '../files/find-file.ts'
import { leaseMs } from '../files/lease.ts'
import { advance } from './advance.ts'

withTestDatabase()

const runs = 60

// What can happen to one submit. `killed` leaves a process hanging in the middle of its call for ever.
const submits = [
  'answered',
  'refused',
  'answer lost',
  'killed before the job',
  'killed after the job',
] as const
// What can happen to one look.
const looks = ['pending', 'outage', 'killed', 'done'] as const

type Submit = (typeof submits)[number]
type Look = (typeof looks)[number]

/** Plays the script; a call that is to be killed hangs for ever, and says so. */
function script(provider: ScriptedProvider, submitScript: Submit[], lookScript: Look[]) {
  const done = provider.onCheck
  const hang = { onHang: () => {} }
  const forever = () => {
    hang.onHang()
    return new Promise<never>(() => {})
  }
  provider.onStart = async (token) => {
    const submit = submitScript.shift() ?? 'answered'
    if (submit === 'refused') throw aProviderError()
    if (submit === 'killed before the job') return forever()
    const answer = provider.makeJob(token)
    if (submit === 'killed after the job') return forever()
    if (submit === 'answer lost') throw new Error('socket hang up')
    return answer
  }
  provider.onCheck = async (operation) => {
    const look = lookScript.shift() ?? 'done'
    if (look === 'pending') return { status: 'pending' }
    if (look === 'outage') throw new Error('502')
    return look === 'killed' ? forever() : done(operation)
  }
  return hang
}

/** Calls advance; where the step hangs for ever, its process counts as killed and its lease runs out. */
async function stepOrDie(fileId: string, deps: TestGeneration, hang: { onHang: () => void }) {
  const hung = new Promise<'hung'>((resolve) => {
    hang.onHang = () => resolve('hung')
  })
  if ((await Promise.race([advance(fileId, deps), hung])) === 'hung') deps.pass(leaseMs + 1)
}

const plan = fc.record({
  canFind: fc.boolean(),
  submits: fc.array(fc.constantFrom(...submits), { maxLength: 3 }),
  looks: fc.array(fc.constantFrom(...looks), { maxLength: 4 }),
})

test('no order of refusals, lost answers and kills loses a video or pays for it twice', async () => {
  const videoPath = await tinyMp4()
  const seen = { runs: 0, lost: 0, billedTwice: 0, waitingForUser: 0 }
  await fc.assert(
    fc.asyncProperty(plan, async ({ canFind, submits: submitScript, looks: lookScript }) => {
      await forgetEverything()
      const provider = scriptedProvider({ videoPath, canFind })
      const deps = testGeneration(provider)
      const refusals = submitScript.filter((submit) => submit === 'refused').length
      const hang = script(provider, [...submitScript], [...lookScript])
      const { id } = await queueFile(deps)
      for (let step = 0; step < submitScript.length + lookScript.length + 6; step++) {
        await stepOrDie(id, deps, hang)
        const { runAt } = (await findFile(id))!
        deps.pass(Math.max(0, runAt.getTime() - deps.now().getTime()))
      }
      const { row } = await driveToEnd(id, deps, 20)

      const mayAskUser = !canFind && row?.state === 'submit_unknown'
      const wasRefused = refusals >= 3 && row?.state === 'failed'
      seen.runs++
      if (provider.jobs.length > 1) seen.billedTwice++
      if (mayAskUser) seen.waitingForUser++
      if (row?.state !== 'completed' && !mayAskUser && !wasRefused) seen.lost++
      await deps.dispose()
      expect(provider.jobs.length).toBeLessThanOrEqual(1)
      expect(row?.state === 'completed' || mayAskUser || wasRefused, row?.state).toBe(true)
    }),
    { numRuns: runs },
  )
  expect(seen).toMatchObject({ lost: 0, billedTwice: 0 })
}, 120_000)
