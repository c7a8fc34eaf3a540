import { expect, test } from 'vitest'
import { aFileView } from '../../tests/support/generations/file-view.ts'
import type { FileView } from '#lib/contract/file-view'
import {
  type Ending,
  goneReasonOf,
  noteGone,
  onEnding,
  peekView,
  receiveView,
  rememberView,
} from './file-store.ts'

/** The endings that are told while views of one file come in, each brought by a channel or by none. */
function endingsOf(id: string, publish: (view: (part: Partial<FileView>) => FileView) => void) {
  const told: Ending[] = []
  const stop = onEnding((ending) => told.push(ending))
  let version = 0
  publish((part) => aFileView({ id, version: (version += 1), ...part }))
  stop()
  return told.map(({ view, via }) => [view.status, via])
}

const running = { status: 'processing', state: 'waiting' } as const
const failed = { status: 'failed', state: 'failed' } as const
const completed = { status: 'completed', state: 'completed' } as const

test('the end is told once, by the channel that was first', () => {
  const endings = endingsOf('file_race', (view) => {
    rememberView(view(running))
    const ready = view(completed)
    receiveView(ready, 'sse')
    receiveView(ready, 'poll')
    rememberView(ready)
  })
  expect(endings).toEqual([['completed', 'sse']])
})

test('a failure is an end too, and a late success another one', () => {
  const endings = endingsOf('file_late', (view) => {
    rememberView(view(running))
    receiveView(view(failed), 'poll')
    receiveView(view(completed), 'sse')
  })
  expect(endings).toEqual([
    ['failed', 'poll'],
    ['completed', 'sse'],
  ])
})

test('an end that the history knows first is still published', () => {
  const endings = endingsOf('file_listed', (view) => {
    rememberView(view(running))
    rememberView(view(completed))
  })
  expect(endings).toEqual([['completed', 'poll']])
})

test('what was never followed, or was stopped by the user, is no news', () => {
  const endings = endingsOf('file_old', (view) => rememberView(view(completed)))
  const stopped = endingsOf('file_stopped', (view) => {
    rememberView(view(running))
    receiveView(view({ status: 'canceled', state: 'canceled' }), 'sse')
  })
  expect([...endings, ...stopped]).toEqual([])
})

test('finished views do not pile up, and what is not finished stays', () => {
  rememberView(aFileView({ id: 'file_kept', ...running }))
  for (let count = 0; count < 1_100; count++)
    rememberView(aFileView({ id: `file_${count}`, ...completed }))
  expect(peekView('file_kept')).toBeDefined()
  expect(peekView('file_0')).toBeUndefined()
  expect(peekView('file_1099')).toBeDefined()
})

test('F39: a file that was not found is here again by an answer, not by a view handed on', () => {
  const started = rememberView(aFileView({ id: 'file_lost', version: 1, ...running }))
  noteGone('file_lost', 'no_session')
  // As a card does that is drawn after the poll was answered.
  rememberView(started)
  expect(goneReasonOf('file_lost')).toBe('no_session')
  rememberView(aFileView({ id: 'file_lost', version: 1, ...running }))
  expect(goneReasonOf('file_lost')).toBeUndefined()
})
