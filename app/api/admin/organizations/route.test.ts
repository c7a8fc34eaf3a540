import { expect, test } from 'vitest'
import { useDataFolder } from '#lib/http/test-visitor'
import type { OrganizationsPage } from '#lib/contract/people/admin'
import { organization } from '#lib/db/auth-schema'
import { database } from '#lib/db/client'
import { aBrowser } from '../../../../tests/support/people/a-browser.ts'
import { aPerson, codeOf, signedIn } from '../../../../tests/support/people/people.ts'
import { withTestDatabase } from '../../../../tests/support/database/test-database.ts'
import { GET } from './route.ts'

useDataFolder()
withTestDatabase()

const read = (browser: ReturnType<typeof aBrowser>, cursor = '') =>
  browser.send(GET, 'GET', `/api/admin/organizations?cursor=${cursor}`)

test('admins read every organization, a page at a time', async () => {
  const ids = Array.from({ length: 60 }, (_, index) => `org_${String(index).padStart(3, '0')}`)
  // Half of them at one moment: the id decides between them.
  const rows = ids.map((id, index) => ({
    id,
    slug: id,
    name: `Club ${id}`,
    createdAt: new Date(Date.UTC(2026, 0, 1, 0, 0, Math.floor(index / 2))),
  }))
  await database().insert(organization).values(rows)
  const admin = await signedIn(await aPerson('admin'))
  const first = (await (await read(admin)).json()) as OrganizationsPage
  expect(first.organizations).toHaveLength(50)
  expect(first.organizations[0]).toEqual({
    id: 'org_059',
    name: 'Club org_059',
    members: 0,
    createdAt: '2026-01-01T00:00:29.000Z',
  })
  const second = (await (await read(admin, first.nextCursor!)).json()) as OrganizationsPage
  expect(second.nextCursor).toBeNull()
  const seen = [...first.organizations, ...second.organizations].map(({ id }) => id)
  expect(seen).toEqual(ids.toReversed())
  expect((await read(admin, 'no-cursor')).status).toBe(200)
})

test('no one else does', async () => {
  const member = await signedIn(await aPerson('user'))
  const refused = await read(member)
  expect(refused.status).toBe(403)
  expect(await codeOf(refused)).toBe('forbidden')
  expect((await read(aBrowser())).status).toBe(401)
})
