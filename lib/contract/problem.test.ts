import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aFileView } from '../../tests/support/file-view.ts'
import { isFileEvent, isFilePage, isFileView } from './file-view.ts'
import { ProblemError, readAnswer } from './problem.ts'

async function problemOf(response: Response) {
  const error = await readAnswer(response, isFileView).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ProblemError)
  return (error as ProblemError).problem
}

describe('reading an answer', () => {
  test('gives the view that was sent', async () => {
    expect(await readAnswer(Response.json(aFileView()), isFileView)).toEqual(aFileView())
  })

  test('gives the problem the server explained', async () => {
    const problem = {
      code: 'not_found',
      detail: 'Gone.',
      status: 404,
      title: '',
      type: '',
      retryable: false,
      traceId: 't',
    }
    expect(await problemOf(Response.json(problem, { status: 404 }))).toEqual(problem)
  })

  test.each([
    ['the login page of a network', new Response('<html>Log in</html>')],
    ['a gateway’s page', new Response('<html>502</html>', { status: 502 })],
    ['half a view', Response.json({ id: 'x', version: 1 })],
    ['a view cut off', new Response(JSON.stringify(aFileView()).slice(0, 200))],
    ['another API', Response.json({ error: 'nope' }, { status: 500 })],
  ])('takes %s for no answer of ours, and says so in plain words', async (_name, response) => {
    const problem = await problemOf(response)
    expect(problem).toMatchObject({ code: 'service_unavailable', retryable: true })
    expect(problem.detail).not.toMatch(/html|JSON|502/)
  })
})

test('the guards take any value without throwing, and hardly any for ours', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect([isFileView(value), isFilePage(value), isFileEvent(value)]).toEqual([
        false,
        false,
        false,
      ])
    }),
  )
  expect(isFilePage({ files: [aFileView()], nextCursor: null })).toBe(true)
  expect(isFilePage({ files: [{}], nextCursor: null })).toBe(false)
  expect(isFileEvent({ type: 'file', object: aFileView() })).toBe(true)
})
