import { expect, it, vi } from 'vitest'
import { ProviderError } from './provider-error.ts'

const options = {
  submitOutcome: 'no_job',
  retryable: false,
  userMessage: 'The account is empty.',
  logMessage: 'answered 402',
} as const

it('is known across the two copies of `lib` that one process has', async () => {
  vi.resetModules()
  const copy = await import('./provider-error.ts')
  expect(copy.ProviderError).not.toBe(ProviderError)
  const error: unknown = new copy.ProviderError('insufficient_credits', options)
  expect(error instanceof ProviderError && error.code).toBe('insufficient_credits')
})

it('is not taken for another error, nor another for it', () => {
  expect(new Error('answered 402') instanceof ProviderError).toBe(false)
  expect({ ...options, name: 'ProviderError' } instanceof ProviderError).toBe(false)
  expect(new ProviderError('auth', options)).toBeInstanceOf(Error)
})
