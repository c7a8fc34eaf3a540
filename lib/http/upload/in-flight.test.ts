import { expect, test } from 'vitest'
import { InFlight } from './in-flight.ts'

const forever = () => Promise.withResolvers<void>()
const refused = { code: 'too_many_uploads', status: 429, retryAfterSeconds: 5 }

test.each([
  ['an owner', { anOwner: 2, anAddress: 9, all: 9 }, ['owner anna', 'address a', 'all']],
  ['an address', { anOwner: 9, anAddress: 2, all: 9 }, ['owner anna', 'address a', 'all']],
  ['all', { anOwner: 9, anAddress: 9, all: 2 }, ['owner anna', 'address a', 'all']],
] as const)('S10: %s has only so many uploads under way', async (_name, limits, places) => {
  const flight = new InFlight(limits)
  const { promise, resolve } = forever()
  const two = [1, 2].map(() => flight.hold([...places], () => promise))
  let wasRun = false
  const third = flight.hold([...places], async () => {
    wasRun = true
  })
  await expect(third).rejects.toMatchObject(refused)
  expect(wasRun).toBe(false)
  resolve()
  await Promise.all(two)
  await expect(flight.hold([...places], async () => 'next')).resolves.toBe('next')
})

test('S10: one that fails, or is refused, takes no place', async () => {
  const flight = new InFlight({ anOwner: 1, anAddress: 2, all: 2 })
  for (let count = 0; count < 5; count++) {
    const failing = flight.hold(['owner anna'], () => Promise.reject(new Error('gone')))
    await expect(failing).rejects.toThrow('gone')
  }
  const { promise, resolve } = forever()
  const held = flight.hold(['owner anna'], () => promise)
  for (let count = 0; count < 5; count++)
    await expect(flight.hold(['all', 'owner anna'], async () => {})).rejects.toMatchObject(refused)
  await expect(flight.hold(['all', 'owner boris'], async () => 'held')).resolves.toBe('held')
  resolve()
  await held
})
