import { describe, expect, it } from 'vitest'
import type { FileView } from '#lib/contract/file-view'
import { aFileView } from '../../../tests/support/generations/file-view.ts'
import { providerErrorCodes } from '#lib/contract/problem'
import { locales } from '#lib/messages/locales'
import { sayIn } from '#lib/messages/translate'
import { fallbackMessage } from './attempt-label.ts'
import { billingPath, failureAdvice, failureCodes, failureDetails } from './failure-help.ts'

/** Words with an end, and nothing left of a template. */
const isSentence = /^\p{Lu}[^{}]{10,}\.$/u

describe.each(locales)('in %s', (locale) => {
  it.each(failureCodes)('there is advice for %s', (code) => {
    expect(sayIn(locale, failureAdvice(code))).toMatch(isSentence)
  })

  it.each(providerErrorCodes)('a fallback because of %s names both providers', (code) => {
    const attempts = [
      { provider: 'kie', providerLabel: 'Kie.ai', error: { code } },
      { provider: 'vertex', providerLabel: 'Google Vertex AI' },
    ] as FileView['attempts']
    const says = sayIn(locale, fallbackMessage({ attempts })!)
    expect(says).toMatch(isSentence)
    expect(says).toContain('Kie.ai')
    expect(says).toContain('Google Vertex AI')
  })
})

it('a code that no video fails with gets the general advice', () =>
  expect(failureAdvice('not_found')).toEqual(failureAdvice('internal_error')))

it('the details name the file, the code and every attempt', () => {
  const broke = { code: 'insufficient_credits', message: 'No credits.' } as const
  const common = {
    model: '',
    reason: '',
    consoleUrl: null,
    costUsd: null,
    startedAt: '',
    endedAt: null,
  }
  const view = aFileView({
    error: { ...broke, retryable: false },
    attempts: [
      {
        ...common,
        number: 1,
        provider: 'kie',
        providerLabel: 'Kie.ai',
        outcome: 'refused',
        error: broke,
        reference: null,
      },
      {
        ...common,
        number: 2,
        provider: 'vertex',
        providerLabel: 'Vertex',
        outcome: 'failed',
        error: null,
        reference: 'op/1',
      },
    ],
  })
  const lines = failureDetails(view).split('\n')
  expect(lines[0]).toBe(`file: ${view.id}`)
  expect(lines).toContain('code: insufficient_credits')
  expect(lines).toContain('attempt 1: kie, refused, insufficient_credits')
  expect(lines).toContain('attempt 2: vertex, failed, job op/1')
})

describe('billingPath', () => {
  const broke = { code: 'insufficient_credits', message: 'No credits.' } as const
  const error = { ...broke, retryable: false }

  it('leads to the provider that ran out of credits', () => {
    const attempts = [
      { provider: 'kie', error: broke },
      { provider: 'vertex', error: { code: 'provider_unavailable', message: '' } },
    ] as FileView['attempts']
    expect(billingPath(aFileView({ error, attempts }))).toBe('/settings#provider-kie')
  })

  it('leads to all providers where none was asked, as during a cooldown', () => {
    expect(billingPath(aFileView({ error }))).toBe('/settings')
  })

  it('is null for any other failure', () => {
    expect(billingPath(aFileView({ error: { ...error, code: 'timeout' } }))).toBeNull()
    expect(billingPath(aFileView())).toBeNull()
  })
})
