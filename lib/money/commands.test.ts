import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { anAccount } from '../../tests/support/people/an-account.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { organization, user } from '../db/auth-schema.ts'
import { database } from '../db/client.ts'
import { transfer } from '../db/money-schema.ts'
import { balanceOf } from './accounts.ts'
import { moneyCommands } from './commands.ts'

withTestDatabase()

/** What a command prints; undefined where its words make no sense. */
async function run(name: string, words: string[]) {
  const lines = await moneyCommands.find((one) => one.name === name)!.run(words)
  return lines?.join('\n')
}
const grantCommand = (words: string[]) => run('grant', words)

async function emailOf(userId: string) {
  const [row] = await database().select().from(user).where(eq(user.id, userId))
  return row!.email
}

describe('grant', () => {
  test('gives credits to an account by its address, and takes some back', async () => {
    const { userId } = await anAccount()
    const email = await emailOf(userId)
    expect(await grantCommand([email.toUpperCase(), '20.5', '--note', 'welcome'])).toBe(
      `${email}: $20.50 available.`,
    )
    expect(await grantCommand(['--note=oops', email, '-0.5'])).toBe(`${email}: $20.00 available.`)
    await expect(grantCommand([email, '-20.01'])).rejects.toThrow('Only $20.00 is available')
    const notes = await database()
      .select()
      .from(transfer)
      .where(eq(transfer.ownerId, userId))
      .orderBy(transfer.id)
    expect(notes.map(({ note }) => note)).toEqual(['welcome', 'oops'])
  })

  test('gives credits to an organization by its slug, or by a name that only it has', async () => {
    const values = (id: string, name: string) => ({ id, name, slug: `${id}-slug` })
    await database()
      .insert(organization)
      .values([values('org_a', 'Foxes'), values('org_b', 'Twins'), values('org_c', 'Twins')])
    await grantCommand(['Foxes', '1'])
    await grantCommand(['org_a-slug', '2'])
    expect(await balanceOf('org_a')).toMatchObject({ availableMicros: 3_000_000 })
    await expect(grantCommand(['Twins', '1'])).rejects.toThrow('There is no user or organization')
  })

  test('attack: an organization that is named as an address gets nothing meant for that address', async () => {
    const name = 'boss@example.com'
    await database().insert(organization).values({ id: 'org_d', name, slug: 'org_d-slug' })
    await expect(grantCommand([name, '5'])).rejects.toThrow('There is no user or organization')
    expect(await balanceOf('org_d')).toMatchObject({ availableMicros: 0 })
  })

  test.each([
    [[]],
    [['a@example.com']],
    [['10']],
    [['a', 'b', '10']],
    [['a@example.com', '1e9']],
    [['a@example.com', '10', '20']],
    [['a@example.com', '10', '--unknown', 'x']],
  ])('makes no sense of %j', async (words) => {
    expect(await grantCommand(words)).toBeUndefined()
  })

  test.each([
    [['unknown@example.com', '10'], 'There is no user or organization'],
    [['a@example.com', '0'], 'Enter dollars'],
    [['a@example.com', '1000001'], 'Enter dollars'],
    [['a@example.com', '1', '--note'], 'at most 500 characters'],
  ])('refuses %j', async (words, says) => {
    await expect(grantCommand(words)).rejects.toThrow(says)
  })
})

describe('ledger check', () => {
  test('counts what there is, and fails where it does not fit', async () => {
    expect(await run('ledger check', [])).toMatch(
      /^ledger: \d+ transfers, sum 0, \d+ accounts, 0 mismatches$/,
    )
    await database().execute(
      sql`insert into spending (scope, period, micros) values ('installation', '2026-11', 5)`,
    )
    await expect(run('ledger check', [])).rejects.toThrow(
      /1 mismatches\n  installation in 2026-11: 5, not 0$/,
    )
    expect(await run('ledger check', ['now'])).toBeUndefined()
  })
})
