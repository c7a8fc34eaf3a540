import { describe, expect, it } from 'vitest'
import type { FilePage } from '#lib/contract/file-view'
import { aFileView } from '../../tests/support/generations/file-view.ts'
import { withViewIn } from './use-queue.ts'

const view = (id: string, seconds: number, differences = {}) =>
  aFileView({ id, createdAt: new Date(seconds * 1000).toISOString(), ...differences })

const pageOf = (...files: FilePage['files']): FilePage => ({ files, nextCursor: null })
const idsOf = (page: FilePage | undefined) => page?.files.map(({ id }) => id)

describe('the queue follows what this page knows', () => {
  const known = pageOf(view('file_a', 1), view('file_b', 2))

  it('takes in what is started, in the order of starts', () => {
    expect(idsOf(withViewIn(known, view('file_c', 3)))).toEqual(['file_a', 'file_b', 'file_c'])
    expect(idsOf(withViewIn(known, view('file_0', 1)))).toEqual(['file_0', 'file_a', 'file_b'])
  })

  it('lets go what has ended, however it ended', () => {
    for (const status of ['completed', 'failed', 'canceled'] as const)
      expect(idsOf(withViewIn(known, view('file_a', 1, { status, version: 2 })))).toEqual([
        'file_b',
      ])
  })

  it('is as it was where it is known: a row follows its own video', () => {
    expect(withViewIn(known, view('file_a', 1, { version: 3, progress: 40 }))).toBe(known)
  })

  it('knows nothing before the first answer, and forgets nothing it does not list', () => {
    expect(withViewIn(undefined, view('file_a', 1))).toBeUndefined()
    expect(withViewIn(known, view('file_x', 3, { status: 'failed' }))).toBe(known)
  })
})
