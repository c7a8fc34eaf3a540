import { expect, it } from 'vitest'
import type { FileView } from '#lib/contract/file-view'
import { aFileView } from '../../../tests/support/file-view.ts'
import { billingPath } from './failure-help.ts'

const broke = { code: 'insufficient_credits', message: 'No credits.' } as const
const error = { ...broke, retryable: false }

it('leads to the account that ran out of credits', () => {
  const attempts = [
    { provider: 'kie', error: broke },
    { provider: 'vertex', error: { code: 'provider_unavailable', message: '' } },
  ] as FileView['attempts']
  expect(billingPath(aFileView({ error, attempts }))).toBe('/settings#provider-kie')
})

it('leads to all of them where no provider was asked, as while it is paused', () => {
  expect(billingPath(aFileView({ error }))).toBe('/settings')
})

it('leads nowhere from another failure', () => {
  expect(billingPath(aFileView({ error: { ...error, code: 'timeout' } }))).toBeNull()
  expect(billingPath(aFileView())).toBeNull()
})
