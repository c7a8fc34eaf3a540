import { expect, test } from 'vitest'
import type { FileView } from '#lib/contract/file-view'
import { aFileView } from '../../tests/support/file-view.ts'
import { announcementOf, endingMessage } from './use-file-news.ts'

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

test('standing in line again between two attempts is no news', () => {
  const attempts = [1, 2].map((number) => ({ number })) as FileView['attempts']
  const running = { status: 'processing' } as const
  expect(told([running, { queuePlace: 2 }, { ...running, attempts }])).toEqual(['Started.'])
})

test('a finished video that comes into sight is no news', () => {
  expect(told([{ status: 'completed' }])).toEqual([])
})

test('a start that was not answered asks for a decision, and a delay is announced', () => {
  const running = { status: 'processing', providerLabel: 'Kie.ai' } as const
  const unknown = { ...running, state: 'submit_unknown' } as const
  expect(told([running, unknown, unknown])).toEqual([
    'Started.',
    'Kie.ai did not answer. It is unknown whether it makes the video: decide what to do.',
  ])
  const delayed = { ...running, isDelayed: true }
  expect(told([running, delayed, delayed])).toEqual([
    'Started.',
    'It takes longer than usual. It goes on.',
  ])
})

test('names the video and how it ended', () => {
  expect(endingMessage(aFileView({ status: 'completed' }))).toBe('“a fox in the snow” is ready.')
  const error = { code: 'timeout', message: 'It took too long.', retryable: true } as const
  expect(endingMessage(aFileView({ status: 'failed', error }))).toBe(
    '“a fox in the snow” failed. It took too long.',
  )
})

test('cuts a long prompt short', () => {
  const { settings } = aFileView()
  const view = aFileView({
    status: 'completed',
    settings: { ...settings, prompt: 'rain '.repeat(40) },
  })
  expect(endingMessage(view)).toMatch(/^“(rain ){11}rain…” is ready\.$/)
})
