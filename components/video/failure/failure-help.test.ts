import { expect, it } from 'vitest'
import { aFileView } from '../../../tests/support/file-view.ts'
import { failureDetails } from './failure-help.ts'

it('names the file, the code and every attempt', () => {
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
  expect(lines[0]).toBe(`File: ${view.id}`)
  expect(lines).toContain('Code: insufficient_credits')
  expect(lines).toContain('Attempt 1: kie, refused, insufficient_credits')
  expect(lines).toContain('Attempt 2: vertex, failed, job op/1')
})
