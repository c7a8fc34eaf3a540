import { callerNamed } from '../support/people/caller-named.ts'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { pool } from '#lib/db/client'
import { resubmit } from '#lib/generations/commands/resubmit'
import { advance } from '#lib/generations/engine/advance'
import { findGeneration } from '#lib/generations/queries'
import { driveToEnd } from '../support/generations/test-generation.ts'
import type { OldFile } from './old-installation.ts'
import { isDeleted, withUpgraded } from './upgraded.ts'

// What the old version had under way arrives with the new one. See `upgrade.test.ts` for where it comes from.

const up = withUpgraded(inject('databaseServer'))

/** How often a provider was asked for money, for each file. */
async function submitsByFile() {
  const { rows } = await pool().query<{ generation_id: string; count: number }>(
    'select generation_id, count(*)::int from attempt where idempotency_key = any($1) group by 1',
    [up.submits],
  )
  return new Map(rows.map(({ generation_id, count }) => [generation_id, count]))
}

const waitsForUser = new Set([
  'unknown',
  'unknown, superduperai',
  'submitting, kie',
  'submitting, omni',
])

// Dozens of files, each with a child process that looks into its bytes.
const patienceMs = 240_000

test(
  'each unfinished file comes to its end, and none is paid for twice',
  { timeout: patienceMs },
  async () => {
    const open = up.old.data.file.filter((file) => !isFinal(file) && !isDeleted(file))
    const ends = open.map((file) => [
      up.nameOf(file),
      waitsForUser.has(up.nameOf(file)) ? 'submit_unknown' : endOf(file),
      file.state === 'queued' ? 1 : 0,
    ])
    for (const { id } of open) await driveToEnd(id, up.deps, 25)
    const submitted = await submitsByFile()
    const now = open.map(async (file) => [
      up.nameOf(file),
      (await up.viewOf(file.id)).state,
      submitted.get(file.id) ?? 0,
    ])
    expect(await Promise.all(now)).toEqual(ends)
    expect(new Set(up.submits).size).toBe(up.submits.length)
  },
)

test('what arrived plays, and tells its cost', async () => {
  const arrived = up.named('waiting, aleph')
  const view = await up.viewOf(arrived.id)
  expect(view).toMatchObject({ width: 64, cost: { actualUsd: 0.55 }, message: null, wait: null })
  expect((await up.ask(arrived.user_id, arrived.id, 'video.mp4')).status).toBe(200)
  expect((await up.viewOf(up.named('unknown, named by a webhook').id)).cost.actualUsd).toBe(0.45)
})

test('one with an unknown submit is made where its user says so', async () => {
  const { id, user_id } = up.named('unknown')
  await resubmit(callerNamed(user_id), id, up.deps)
  expect((await driveToEnd(id, up.deps)).row).toMatchObject({
    state: 'completed',
    costMicros: null,
  })
  expect((await submitsByFile()).get(id)).toBe(1)
})

test('a failed one is delivered late', async () => {
  const { id } = up.named('failed at the provider')
  await advance(id, up.deps, { force: true })
  expect((await driveToEnd(id, up.deps)).row).toMatchObject({ state: 'completed' })
  expect((await submitsByFile()).get(id)).toBeUndefined()
})

test('deleted ones are purged, bytes and all', async () => {
  const deleted = up.old.data.file.filter(isDeleted)
  expect(deleted.length).toBe(4)
  for (const { id } of deleted) {
    await driveToEnd(id, up.deps)
    expect(await findGeneration(id)).toBeUndefined()
    expect(existsSync(join(up.dataFolder, 'media', id))).toBe(false)
  }
  const { rows } = await pool().query('select 1 from asset where generation_id = any($1)', [
    deleted.map(({ id }) => id),
  ])
  expect(rows).toEqual([])
  expect(up.providers.gemini.canceled).toHaveLength(2)
})

test('nothing was held for them before, and no one is charged for them now', async () => {
  const { rows } = await pool().query(
    'select (select count(*)::int from hold) as holds, (select count(*)::int from ledger_transfer) as moved',
  )
  expect(rows).toEqual([{ holds: 0, moved: 0 }])
  const { cost } = await up.viewOf(up.named('waiting, aleph').id)
  expect(cost).toMatchObject({
    actualUsd: 0.55,
    heldUsd: null,
    chargedUsd: null,
    returnedUsd: null,
  })
})

function isFinal({ state }: OldFile) {
  return state === 'completed' || state === 'failed' || state === 'canceled'
}

function endOf(file: OldFile) {
  return up.nameOf(file) === 'waiting, canceling' ? 'canceled' : 'completed'
}
