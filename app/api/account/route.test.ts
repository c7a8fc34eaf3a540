import { afterEach, expect, test, vi } from 'vitest'
import type { AccountView } from '#lib/contract/people/account'
import { useDataFolder } from '#lib/http/test-visitor'
import { forgetProcessWide } from '#lib/process-wide'
import { aBrowser } from '../../../tests/support/a-browser.ts'
import { withTestDatabase } from '../../../tests/support/test-database.ts'
import { GET } from './route.ts'

useDataFolder()
withTestDatabase()
afterEach(() => {
  vi.unstubAllEnvs()
  forgetProcessWide('env')
})

test.each(['open', 'members'])('tells a browser that the access is %s', async (access) => {
  vi.stubEnv('ACCESS', access)
  forgetProcessWide('env')
  const answer = await aBrowser().send(GET, 'GET', '/api/account')
  expect(((await answer.json()) as AccountView).access).toBe(access)
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
})
