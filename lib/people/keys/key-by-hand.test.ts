import { expect, test } from 'vitest'
import { anAccount } from '../../../tests/support/people/an-account.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { createOrganization } from '../organizations/organizations.ts'
import { callerOfKey } from './bearer.ts'
import { createKeyFor } from './key-by-hand.ts'

withTestDatabase()

const wish = { name: 'Nightly', scopes: ['read', 'generate'], limitUsd: 20, days: 90 }
const asked = (key: string) =>
  callerOfKey({ headers: new Headers({ authorization: `Bearer ${key}` }) })

test('an operator makes keys for accounts and organizations', async () => {
  const anna = await anAccount({ email: 'anna@example.com', isAnonymous: false })
  const { id } = await createOrganization(anna, { name: 'Rain Films' })
  const own = await createKeyFor(' Anna@Example.com', wish)
  expect(own.view).toMatchObject({ limitUsd: 20, createdBy: null, scopes: ['read', 'generate'] })
  expect(await asked(own.key)).toMatchObject({ ownerId: anna.userId })
  for (const named of [id, 'Rain Films'])
    expect(await asked((await createKeyFor(named, wish)).key)).toMatchObject({ ownerId: id })
})

test('a name that several have is none', async () => {
  const anna = await anAccount({ isAnonymous: false })
  for (let index = 0; index < 2; index++) await createOrganization(anna, { name: 'Twice' })
  await expect(createKeyFor('Twice', wish)).rejects.toThrow('give its id')
  await expect(createKeyFor('Never', wish)).rejects.toThrow('There is no organization')
  await expect(createKeyFor('none@example.com', wish)).rejects.toThrow('There is no account')
})

test('the scope admin is for those who have the role', async () => {
  await anAccount({ email: 'user@example.com', isAnonymous: false })
  await anAccount({ email: 'admin@example.com', isAnonymous: false, role: 'admin' })
  const admin = { name: 'a', scopes: ['admin'] }
  await expect(createKeyFor('user@example.com', admin)).rejects.toThrow('The scope admin')
  expect(await asked((await createKeyFor('admin@example.com', admin)).key)).toMatchObject({
    role: 'admin',
  })
})
