import { expect, test } from 'vitest'
import type { FileView } from '#lib/contract/file-view'
import { aFileView } from '../../tests/support/file-view.ts'
import { announcementOf } from './announcement.ts'

function told(changes: Partial<FileView>[]) {
  let before: FileView | undefined
  return changes.flatMap((change, index) => {
    const view = aFileView({ ...change, version: index + 1 })
    const news = announcementOf(before, view)
    before = view
    return news ? [news] : []
  })
}

test('a run is told in few words: queued, started, every quarter, ready', () => {
  const progress = [1, 10, 26, 30, 51, 76, 99].map((percent) => ({
    status: 'processing' as const,
    progress: percent,
  }))
  expect(told([{ queuePlace: 3 }, ...progress, { status: 'completed' }])).toEqual([
    'Queued, number 3 in line.',
    'Started.',
    '25 percent done.',
    '50 percent done.',
    '75 percent done.',
    'Your video is ready.',
  ])
})

test('a failure is told with its reason', () => {
  const error = { code: 'timeout', message: 'It took too long.', retryable: true } as const
  expect(told([{ status: 'processing' }, { status: 'failed', error }])).toEqual([
    'Started.',
    'The video failed. It took too long.',
  ])
})

test('a finished video that comes into sight is no news', () => {
  expect(told([{ status: 'completed' }])).toEqual([])
})
