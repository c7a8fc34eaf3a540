import { beforeEach, describe, expect } from 'vitest'
import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { aProviderError } from '../../../tests/support/generations/scripted-provider.ts'
import { driveToEnd, queueFile } from '../../../tests/support/generations/test-generation.ts'
import { localBed } from '../../../tests/support/database/with-bed.ts'
import { newId } from '../../ids.ts'
import { balanceOf } from '../../money/accounts.ts'
import { checkLedger } from '../../money/check.ts'
import { deleteGeneration } from '../commands/delete.ts'
import { cancelGeneration } from '../commands/cancel.ts'
import { advance } from '../engine/advance.ts'
import { nextInQueue } from '../engine/queue.ts'
import { findGeneration, dueGenerations } from '../queries.ts'
import { startTogether } from '../start/start.ts'
import { fileViewOf } from '../view.ts'

process.env.KIE_API_KEY = 'a key'
const { test, bed } = localBed(undefined, { hasQueue: true })

// Each test has an owner of its own: the ledger stays.
let ownerId = ''
beforeEach(() => void (ownerId = newId('token')))

const rowOf = async (id: string) => (await findGeneration(id))!
const queue = () => nextInQueue('local', 3, bed.deps.now())

/** An input, and what is made from it, and from that. */
async function chain() {
  const input = await queueFile(bed.deps, { ownerId })
  const ids = [input.id]
  for (let depth = 0; depth < 2; depth++) {
    const of = {
      ownerId,
      waitsFor: [ids.at(-1)!],
      wait: { code: 'inputs' as const },
      heldMicros: 400_000,
    }
    ids.push((await queueFile(bed.deps, of)).id)
  }
  return ids as [string, string, string]
}

describe('a generation that is made from another', () => {
  test('is in no queue before that is completed, and then goes its way', async () => {
    const [input, next, last] = await chain()
    expect(await queue()).toEqual([input])
    expect(fileViewOf(await rowOf(next))).toMatchObject({
      status: 'pending',
      wait: { code: 'inputs' },
      queuePlace: null,
    })
    expect(await advance(next, bed.deps)).toMatchObject({ waitsForSlot: false })
    expect((await rowOf(next)).state).toBe('queued')

    await driveToEnd(input, bed.deps)
    // It was woken: no clock had to pass for it.
    await advance(next, bed.deps)
    expect(await rowOf(next)).toMatchObject({ waitsFor: null, wait: null, queuePlace: 1 })
    expect((await driveToEnd(next, bed.deps)).row?.state).toBe('completed')
    expect((await driveToEnd(last, bed.deps)).row?.state).toBe('completed')
    expect(bed.provider.jobs).toHaveLength(3)
  })

  test('is found by the sweep where no hint came', async () => {
    const [input, next] = await chain()
    await advance(next, bed.deps)
    bed.deps.pass(60_000)
    const due = (await dueGenerations(bed.deps.now(), 10)).map(({ id }) => id)
    expect(due).toContain(next)
    expect(due).not.toContain(input)
  })

  test.each(['failed', 'canceled', 'deleted'])(
    'fails where that is %s, as does what is made from it; nothing is submitted or charged',
    async (end) => {
      const [input, next, last] = await chain()
      bed.provider.onSubmit = () => Promise.reject(refused())
      if (end === 'failed') await driveToEnd(input, bed.deps)
      else if (end === 'canceled') await cancelGeneration(ownerId, input, bed.deps)
      else await deleteGeneration(ownerId, input, bed.deps)
      for (const id of [next, last]) {
        await driveToEnd(id, bed.deps)
        expect(await rowOf(id)).toMatchObject({ state: 'failed', errorCode: 'input_failed' })
        expect((await rowOf(id)).attempts).toEqual([])
        expect((await dueGenerations(bed.deps.now(), 10)).map((due) => due.id)).not.toContain(id)
      }
      expect(await balanceOf(ownerId)).toMatchObject({ heldMicros: 0 })
      expect(await checkLedger()).toMatchObject({ mismatches: 0 })
    },
  )

  test('is canceled and deleted like any other', async () => {
    const [input, next, last] = await chain()
    await cancelGeneration(ownerId, next, bed.deps)
    expect(await rowOf(next)).toMatchObject({ state: 'canceled', waitsFor: null })
    await deleteGeneration(ownerId, last, bed.deps)
    await driveToEnd(last, bed.deps)
    expect(await findGeneration(last)).toBeUndefined()
    expect((await driveToEnd(input, bed.deps)).row?.state).toBe('completed')
  })

  test('is started together with it, by the id it is to have', async () => {
    const caller = callerNamed(ownerId)
    const fileId = newId('file')
    const start = { caller, idempotencyKey: null, now: bed.deps.now() }
    const image = { ...start, kind: 'image', fileId, body: { prompt: 'a harbour' } } as const
    const video = {
      ...start,
      body: { model: 'veo-3.1-fast', prompt: 'a boat leaves', inputs: { firstFrame: fileId } },
      coming: [{ fileId, type: 'image' }],
    } as const
    const [first, second] = await startTogether([image, video])
    expect(first).toMatchObject({ status: 'fulfilled', value: [{ id: fileId, waitsFor: null }] })
    expect(second).toMatchObject({ status: 'fulfilled', value: [{ waitsFor: [fileId] }] })
    // What is not said to be coming is refused as ever.
    const alone = { ...video, coming: [] }
    await expect(startTogether([alone])).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

function refused() {
  return aProviderError({ retryable: false }, 'invalid_input')
}
