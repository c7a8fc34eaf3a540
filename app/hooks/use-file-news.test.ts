import { expect, test } from 'vitest'
import type { FileView } from '#lib/contract/file-view'
import { inEnglish, sayIn } from '#lib/messages/translate'
import { aFileView } from '../../tests/support/generations/file-view.ts'
import { announcementOf, endingMessage } from './use-file-news.ts'

function announcementsOf(changes: Partial<FileView>[]) {
  let before: FileView | undefined
  return changes.flatMap((change, index) => {
    const view = aFileView({ ...change, version: index + 1 })
    const news = announcementOf(before, view)
    before = view
    return news ? [inEnglish(news)] : []
  })
}

test('announces a run: queued, started, every quarter, ready', () => {
  const progress = [1, 10, 26, 30, 51, 76, 99].map((percent) => ({
    status: 'processing' as const,
    progress: percent,
  }))
  expect(announcementsOf([{ queuePlace: 3 }, ...progress, { status: 'completed' }])).toEqual([
    'Queued, number 3 in line.',
    'Started.',
    '25 percent done.',
    '50 percent done.',
    '75 percent done.',
    'Your video is ready.',
  ])
})

test('announces a failure with its reason', () => {
  const error = { code: 'timeout', message: 'It took too long.', retryable: true } as const
  expect(announcementsOf([{ status: 'processing' }, { status: 'failed', error }])).toEqual([
    'Started.',
    'Your video failed. It took too long.',
  ])
})

test('does not announce the queue between two attempts', () => {
  const attempts = [1, 2].map((number) => ({ number })) as FileView['attempts']
  const running = { status: 'processing' } as const
  expect(announcementsOf([running, { queuePlace: 2 }, { ...running, attempts }])).toEqual([
    'Started.',
  ])
})

test('does not announce a video that was finished before', () => {
  expect(announcementsOf([{ status: 'completed' }])).toEqual([])
})

test('announces an unanswered start and a delay, once each', () => {
  const running = { status: 'processing', providerLabel: 'Kie.ai' } as const
  const unknown = { ...running, state: 'submit_unknown' } as const
  expect(announcementsOf([running, unknown, unknown])).toEqual([
    'Started.',
    'No response from Kie.ai. We don’t know whether it started this video. Decide what to do.',
  ])
  const delayed = { ...running, isDelayed: true }
  expect(announcementsOf([running, delayed, delayed])).toEqual([
    'Started.',
    'This is taking longer than usual. It is still rendering.',
  ])
})

test('the ending names the video and its outcome', () => {
  const ready = endingMessage(aFileView({ status: 'completed' }))
  expect(inEnglish(ready)).toBe('“a fox in the snow” is ready.')
  expect(sayIn('ru', ready)).toBe('«a fox in the snow» готово.')
  const error = { code: 'timeout', message: 'It took too long.', retryable: true } as const
  expect(inEnglish(endingMessage(aFileView({ status: 'failed', error })))).toBe(
    '“a fox in the snow” failed. It took too long.',
  )
})

test('a failure is announced in the language of the reader, and without a reason', () => {
  const messageRef = { key: 'provider.outputExpired' } as const
  const error = { code: 'output_expired', message: 'x', messageRef, retryable: true } as const
  const failed = aFileView({ status: 'failed', error })
  expect(sayIn('ru', endingMessage(failed))).toContain(sayIn('ru', messageRef))
  expect(sayIn('ru', endingMessage({ ...failed, error: null }))).toBe(
    '«a fox in the snow»: не удалось создать.',
  )
})

test('the ending shortens a long prompt', () => {
  const { settings } = aFileView()
  const view = aFileView({
    status: 'completed',
    settings: { ...settings, prompt: 'rain '.repeat(40) },
  })
  expect(inEnglish(endingMessage(view))).toMatch(/^“(rain ){11}rain…” is ready\.$/)
})
