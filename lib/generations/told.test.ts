import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { GET } from '../../app/api/notices/route.ts'
import { scriptedProvider } from '../../tests/support/generations/scripted-provider.ts'
import {
  Crashed,
  inCrashingTransaction,
} from '../../tests/support/database/crashing-transaction.ts'
import { setRow } from '../../tests/support/database/set-row.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import {
  type TestGeneration,
  driveToEnd,
  forgetEverything,
  queueFile,
  testGeneration,
} from '../../tests/support/generations/test-generation.ts'
import { tinyMp4 } from '../../tests/support/films/tiny-mp4.ts'
import { database } from '../db/client.ts'
import { notice } from '../db/notice-schema.ts'
import { findGeneration } from './queries.ts'
import { applyEvent, applyIn } from './store.ts'

withTestDatabase()

let deps: TestGeneration
beforeEach(async () => {
  await forgetEverything()
  await database().delete(notice)
  deps = testGeneration(scriptedProvider({ videoPath: await tinyMp4() }))
})
afterEach(() => deps.dispose())

const all = () => database().select().from(notice)

describe('the outbox', () => {
  test('holds one notice of a video that ended, for who started it', async () => {
    const { id } = await queueFile(deps, { ownerId: 'org_team', startedBy: 'anna' })
    await driveToEnd(id, deps)
    const [first, ...others] = await all()
    expect(others).toEqual([])
    expect(first).toMatchObject({
      key: `${id}:video.completed`,
      kind: 'video.completed',
      ownerId: 'org_team',
      userId: 'anna',
      generationId: id,
      spreadAt: null,
      seenAt: null,
    })
  })

  test('tells the owner of a video of an older version, which does not say who started it', async () => {
    const { id } = await queueFile(deps, { ownerId: 'boris', startedBy: null })
    await driveToEnd(id, deps)
    expect(await all()).toMatchObject([{ userId: 'boris', ownerId: 'boris' }])
  })

  test('attack: tells no one without a session of what the key of an organization has started', async () => {
    const { id } = await queueFile(deps, { ownerId: 'org_team', startedBy: '', prompt: 'a secret' })
    await driveToEnd(id, deps)
    expect(await all()).toMatchObject([{ userId: 'org_team', ownerId: 'org_team' }])
    const answer = await GET(new Request('http://localhost/api/notices'))
    expect(await answer.json()).toMatchObject({ notices: [], unseen: 0 })
  })

  test('holds nothing of a cancel', async () => {
    const { id } = await queueFile(deps)
    await applyEvent(id, { type: 'cancel_requested', ownerId: 'somebody' })
    const { row } = await driveToEnd(id, deps)
    expect(row?.state).toBe('canceled')
    expect(await all()).toEqual([])
  })

  test('and the final state are written together, or neither is', async () => {
    const { id } = await queueFile(deps)
    await setRow(id, { state: 'waiting', leaseId: 'lease_1', operation: { job: 1 } })
    const error = { code: 'generation_failed', userMessage: 'Failed.' } as const
    const lost = { type: 'output_lost', leaseId: 'lease_1', error } as const
    for (let crashAt = 1; ; crashAt++) {
      const end = await inCrashingTransaction(crashAt, (tx) => applyIn(tx, id, lost)).catch(
        (failure: unknown) => {
          if (!(failure instanceof Crashed)) throw failure
          return 'crashed'
        },
      )
      const isFailed = (await findGeneration(id))!.state === 'failed'
      expect((await all()).length).toBe(isFailed ? 1 : 0)
      if (isFailed || end !== 'crashed') break
    }
    expect(await all()).toHaveLength(1)
  })
})
