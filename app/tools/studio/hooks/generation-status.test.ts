import { describe, expect, test } from 'vitest'
import { aFileView } from '../../../../tests/support/generations/file-view.ts'
import { networkProblem } from '#lib/contract/problem'
import { inEnglish } from '#lib/messages/translate'
import { generationStatusOf, stagedId } from './generation-status.ts'

const idle = { isStarting: false, startError: null }

test.each([
  [undefined, false, 'idle'],
  [undefined, true, 'pending'],
  [aFileView(), false, 'pending'],
  [aFileView({ status: 'processing', progress: 40 }), false, 'processing'],
  [aFileView({ status: 'completed' }), false, 'completed'],
  [aFileView({ status: 'completed' }), true, 'pending'],
  [aFileView({ status: 'failed' }), false, 'error'],
  [aFileView({ status: 'canceled' }), false, 'idle'],
])('%#: is %s', (view, isStarting, expected) => {
  expect(generationStatusOf(view, { isStarting, startError: null }, inEnglish).status).toBe(
    expected,
  )
})

test('a failed start is an error with its message', () => {
  const status = generationStatusOf(undefined, { ...idle, startError: networkProblem() }, inEnglish)
  expect(status).toMatchObject({
    status: 'error',
    message: expect.stringContaining('Can’t reach the server'),
  })
})

test('carries the ids, the reported progress and the estimate', () => {
  const expected = { seconds: 12, p90Seconds: null, runs: 3 }
  const view = aFileView({ status: 'processing', progress: 40, expected })
  expect(generationStatusOf(view, idle, inEnglish)).toMatchObject({
    progress: 40,
    estimatedTime: 12,
    fileId: view.id,
    projectId: view.id,
    requestId: view.id,
  })
})

describe('the stage begins with', () => {
  const done = { id: 'done', status: 'completed' } as const
  const older = { id: 'older', status: 'failed' } as const
  const running = { id: 'running', status: 'processing' } as const
  test.each([
    ['nothing, with finished videos only', [done, older], undefined, false, undefined],
    ['the newest, with finished videos only, on a phone', [done, older], undefined, true, 'done'],
    ['nothing on a phone without videos', [], undefined, true, undefined],
    ['the newest unfinished one', [done, running], undefined, false, 'running'],
    ['the newest unfinished one on a phone', [done, running], undefined, true, 'running'],
    ['what was picked', [done, running], 'older', true, 'older'],
  ])('%s', (_what, files, pickedId, isPhone, expected) => {
    expect(stagedId(files, { pickedId, isPhone })).toBe(expected)
  })
})
