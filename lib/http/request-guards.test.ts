import { afterEach, expect, test, vi } from 'vitest'
import { forgetProcessWide } from '../process-wide.ts'
import { assertMetricsToken } from './request-guards.ts'

const token = 'a token of the operator'

function ask(set: string, authorization?: string) {
  vi.stubEnv('METRICS_TOKEN', set)
  forgetProcessWide('env')
  const headers = new Headers(authorization === undefined ? {} : { authorization })
  return () => assertMetricsToken({ headers })
}
afterEach(() => {
  vi.unstubAllEnvs()
  forgetProcessWide('env')
})

test('the operator’s token is let in', () => {
  expect(ask(token, `Bearer ${token}`)).not.toThrow()
})

test.each([
  [undefined],
  [''],
  ['Bearer '],
  [token],
  [`bearer ${token}`],
  [`Bearer ${token} `.trimEnd().slice(0, -1)],
  [`Bearer ${token}x`],
])('%j is told that nothing is there', (authorization) => {
  expect(ask(token, authorization)).toThrow(expect.objectContaining({ code: 'not_found' }))
})

test.each([undefined, '', 'Bearer ', 'Bearer undefined'])(
  'where the operator has set no token, every request is refused: %j',
  (authorization) => {
    expect(ask('', authorization)).toThrow(expect.objectContaining({ code: 'not_found' }))
  },
)
