import { expect, test } from 'vitest'
import { playwrightFailures, vitestFailures } from './failures.mjs'

test('a failed test of vitest is told with its error, without colours', () => {
  const told = vitestFailures({
    testResults: [
      {
        name: 'lib/a.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [
          { fullName: 'a works', status: 'passed', failureMessages: [] },
          {
            fullName: 'b works',
            status: 'failed',
            failureMessages: ['\u001B[31mexpected 1\n  at b'],
          },
        ],
      },
    ],
  })
  expect(told).toEqual(['✗ lib/a.test.ts › b works\n    expected 1\n      at b'])
})

test('a file that does not load is told', () => {
  const file = { name: 'lib/a.test.ts', status: 'failed', message: 'no such module' }
  expect(vitestFailures({ testResults: [{ ...file, assertionResults: [] }] })).toEqual([
    '✗ lib/a.test.ts › did not load\n    no such module',
  ])
})

test('a browser test that failed is told, and one that needed its second try, however deep they stand', () => {
  const spec = (title: string, status: string) => ({
    title,
    file: 'a.e2e.ts',
    tests: [{ status, results: [{ errors: [{ message: 'too late' }] }, { errors: [] }] }],
  })
  const inner = { specs: [spec('plays', 'unexpected'), spec('ends', 'flaky')] }
  const told = playwrightFailures({
    suites: [{ specs: [spec('starts', 'expected')], suites: [inner] }],
  })
  expect(told).toEqual([
    '✗ a.e2e.ts › plays\n    too late',
    '✗ a.e2e.ts › ends (flaky)\n    too late',
  ])
})
