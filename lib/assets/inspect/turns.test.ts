import { expect, test } from 'vitest'
import { Turns } from './turns.ts'

const gate = () => Promise.withResolvers<void>()

test('S1: at most two run at once, the others queue and come in order', async () => {
  const turns = new Turns({ atOnce: 2, waitingAtMost: 5, patienceMs: 10_000 })
  const gates = [gate(), gate(), gate(), gate()]
  const begun: number[] = []
  const runs = gates.map(({ promise }, index) =>
    turns.take('anna', async () => {
      begun.push(index)
      await promise
    }),
  )
  await expect.poll(() => begun).toEqual([0, 1])
  gates[1]!.resolve()
  await expect.poll(() => begun).toEqual([0, 1, 2])
  for (const { resolve } of gates) resolve()
  await Promise.all(runs)
  expect(begun).toEqual([0, 1, 2, 3])
})

test('S1: what finds the line full, or waits too long, is not run', async () => {
  const turns = new Turns({ atOnce: 1, waitingAtMost: 1, patienceMs: 30 })
  const { promise, resolve } = gate()
  const first = turns.take('anna', () => promise)
  const late = turns.take('anna', async () => 'late')
  await expect(turns.take('anna', async () => 'third')).rejects.toThrow('the line is full')
  await expect(late).rejects.toThrow('no turn in time')
  resolve()
  await first
  expect(await turns.take('anna', async () => 'next')).toBe('next')
})

test('S1: a turn that fails is handed on', async () => {
  const turns = new Turns({ atOnce: 1, waitingAtMost: 1, patienceMs: 10_000 })
  await expect(turns.take('anna', () => Promise.reject(new Error('broken')))).rejects.toThrow(
    'broken',
  )
  expect(await turns.take('anna', async () => 'next')).toBe('next')
})

test('S1: who brings many makes no other wait for all of them', async () => {
  const turns = new Turns({ atOnce: 2, waitingAtMost: 16, patienceMs: 10_000 })
  const gates: ReturnType<typeof gate>[] = []
  const begun: string[] = []
  const take = (whose: string) => {
    const one = gate()
    return turns.take(whose, async () => {
      begun.push(whose)
      gates.push(one)
      await one.promise
    })
  }
  const all = [...Array.from({ length: 10 }, () => take('many')), take('one'), take('other')]
  for (let ended = 0; ended < all.length; ended++) {
    await expect.poll(() => gates.length).toBeGreaterThan(ended)
    gates[ended]!.resolve()
  }
  await Promise.all(all)
  expect(begun.slice(0, 5).toSorted()).toEqual(['many', 'many', 'many', 'one', 'other'])
})

test('S1: in a full line the one with most in it gives way, and only to one with fewer', async () => {
  const turns = new Turns({ atOnce: 1, waitingAtMost: 3, patienceMs: 10_000 })
  const { promise, resolve } = gate()
  const first = turns.take('many', () => promise)
  const many = [1, 2, 3].map((one) => turns.take('many', async () => one).catch(String))
  await expect(turns.take('many', async () => 4)).rejects.toThrow('the line is full')
  const one = turns.take('one', async () => 'one')
  expect(await many[2]).toContain('the line is full')
  resolve()
  await first
  expect(await Promise.all([one, many[0], many[1]])).toEqual(['one', 1, 2])
})
