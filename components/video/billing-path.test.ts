import { expect, it } from 'vitest'
import { aFileView } from '../../tests/support/file-view.ts'
import type { FileView } from '#lib/contract/file-view'
import { billingPath } from './billing-path.ts'

const broke = { code: 'insufficient_credits', message: 'No credits.' } as const
const error = { ...broke, retryable: false }

it('leads to the account that ran out of credits', () => {
  const attempts = [
    { provider: 'kie', error: broke },
    { provider: 'vertex', error: { code: 'provider_unavailable', message: '' } },
  ] as FileView['attempts']
  expect(billingPath(aFileView({ error, attempts }))).toBe('/settings#provider-kie')
})

it('leads to all of them where none was asked, as while it is taken out', () => {
  expect(billingPath(aFileView({ error }))).toBe('/settings')
})

it('leads nowhere from another failure', () => {
  expect(billingPath(aFileView({ error: { ...error, code: 'timeout' } }))).toBeNull()
  expect(billingPath(aFileView())).toBeNull()
})
