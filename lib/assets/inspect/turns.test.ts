import { expect, test } from 'vitest'
import { Turns } from './turns.ts'

const gate = () => Promise.withResolvers<void>()

test('S1: at most two run at once, the others queue and come in order', async () => {
  const turns = new Turns({ atOnce: 2, waitingAtMost: 5, patienceMs: 10_000 })
  const gates = [gate(), gate(), gate(), gate()]
  const begun: number[] = []
  const runs = gates.map(({ promise }, index) =>
    turns.take(async () => {
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
  const first = turns.take(() => promise)
  const late = turns.take(async () => 'late')
  await expect(turns.take(async () => 'third')).rejects.toThrow('the line is full')
  await expect(late).rejects.toThrow('no turn in time')
  resolve()
  await first
  expect(await turns.take(async () => 'next')).toBe('next')
})

test('S1: a turn that fails is handed on', async () => {
  const turns = new Turns({ atOnce: 1, waitingAtMost: 1, patienceMs: 10_000 })
  await expect(turns.take(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await turns.take(async () => 'next')).toBe('next')
})
