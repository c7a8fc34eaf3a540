import { afterEach, expect, test, vi } from 'vitest'
import type { AccountView } from '#lib/contract/people/account'
import { useDataFolder } from '#lib/http/test-visitor'
import { inEnglish } from '#lib/messages/translate'
import { forgetProcessWide } from '#lib/process-wide'
import { settingsWarnings } from '#lib/reporting/warnings'
import { type Browser, aBrowser } from '../../../tests/support/people/a-browser.ts'
import { aPerson, signedIn } from '../../../tests/support/people/people.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { GET as readHealth } from '../../health/route.ts'
import { GET } from './route.ts'

useDataFolder()
withTestDatabase()
afterEach(() => {
  vi.unstubAllEnvs()
  for (const name of ['env', 'providers']) forgetProcessWide(name)
})

test.each(['open', 'members'])('tells a browser that the access is %s', async (access) => {
  vi.stubEnv('ACCESS', access)
  for (const name of ['env', 'providers']) forgetProcessWide(name)
  const answer = await aBrowser().send(GET, 'GET', '/api/account')
  expect(((await answer.json()) as AccountView).access).toBe(access)
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
})

test('warns the owner and the admins, and no others, of what the start warns of', async () => {
  const [owner, admin, member] = [
    await signedIn(await aPerson('owner')),
    await signedIn(await aPerson('admin')),
    await signedIn(await aPerson('user')),
  ]
  for (const [name, value] of Object.entries({
    ACCESS: 'members',
    SIGN_UP: 'open',
    KIE_API_KEY: 'a key',
    PRICE_FACTOR: '1.2,veo-3.1-fats=2',
  }))
    vi.stubEnv(name, value)
  for (const name of ['env', 'providers']) forgetProcessWide(name)
  const told = async (browser: Browser) => {
    const [view, health] = [
      await browser.send(GET, 'GET', '/api/account'),
      await browser.send(readHealth, 'GET', '/health'),
    ]
    return [
      ((await view.json()) as AccountView).warnings,
      ((await health.json()) as { warnings?: unknown }).warnings,
    ]
  }
  const said = settingsWarnings().map(inEnglish)
  expect(said).toEqual([
    expect.stringContaining('SIGN_UP=invite'),
    expect.stringContaining('veo-3.1-fats'),
  ])
  for (const browser of [owner, admin]) expect(await told(browser)).toEqual([said, said])
  for (const browser of [member, aBrowser()]) expect(await told(browser)).toEqual([[], undefined])
  vi.stubEnv('BILLING', 'credits')
  vi.stubEnv('PRICE_FACTOR', '')
  for (const name of ['env', 'providers']) forgetProcessWide(name)
  expect(await told(admin)).toEqual([[], []])
})
