import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

// What failed, printed again at the very end: of a long run often only the last lines are kept.

const linesOfAnError = 12

/** The failed tests of vitest's JSON report, each as its file, its name and the beginning of its error. */
export function vitestFailures({ testResults }) {
  return testResults.flatMap(({ name: file, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (status === 'failed' && failed.length === 0) return [failure(file, 'did not load', message)]
    return failed.map((test) => failure(file, test.fullName, test.failureMessages[0]))
  })
}

/**
 * The failed tests of Playwright's JSON report, likewise, and those that needed their second try.
 * @param {{ suites?: any[] }} report
 */
export function playwrightFailures({ suites = [] }) {
  return suites.flatMap((suite) => [
    ...(suite.specs ?? []).flatMap(specFailures),
    ...playwrightFailures(suite),
  ])
}

function specFailures({ title, file, tests }) {
  return tests
    .filter(({ status }) => status === 'unexpected' || status === 'flaky')
    .map(({ status, results }) => {
      const [error] = results.flatMap(({ errors }) => errors)
      return failure(file, `${title}${status === 'flaky' ? ' (flaky)' : ''}`, error?.message)
    })
}

function failure(file, title, error = '') {
  const lines = stripVTControlCharacters(error).split('\n').slice(0, linesOfAnError)
  const where = relative(process.cwd(), file)
  return [`✗ ${where} › ${title}`, ...lines.map((line) => `    ${line}`)].join('\n')
}
