import { beforeEach, expect, test } from 'vitest'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { forgetEverything } from '../../tests/support/generations/test-generation.ts'
import { endCooldown, startCooldown, cooldownsAt } from './cooldowns.ts'

withTestDatabase()
beforeEach(forgetEverything)

const now = new Date('2026-11-21T00:00:00Z')
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const cool = (seconds: number, reason = `${seconds} s`, provider = 'kie') =>
  startCooldown({ provider, until: at(seconds), errorCode: 'rate_limited', reason, now })
const reasonAt = async (seconds: number) => (await cooldownsAt(at(seconds))).get('kie')?.reason

test('holds until its moment, and not in it', async () => {
  await cool(60)
  expect(await reasonAt(59.999)).toBe('60 s')
  expect(await reasonAt(60)).toBeUndefined()
})

test('a longer cooldown takes the place of a shorter one, never the other way round', async () => {
  await cool(60)
  await cool(10)
  expect(await reasonAt(30)).toBe('60 s')
  await cool(90)
  expect(await reasonAt(70)).toBe('90 s')
})

test('many at once leave the longest', async () => {
  await Promise.all([30, 90, 10, 60, 20].map((seconds) => cool(seconds)))
  expect(await reasonAt(0)).toBe('90 s')
})

test('is of one provider, and over when it is ended', async () => {
  await cool(60)
  await cool(60, 'another', 'vertex')
  await endCooldown('kie')
  expect([...(await cooldownsAt(now)).keys()]).toEqual(['vertex'])
})
