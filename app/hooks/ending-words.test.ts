import { expect, test } from 'vitest'
import { aFileView } from '../../tests/support/file-view.ts'
import { endingWords } from './ending-words.ts'

test('names the video and how it ended', () => {
  expect(endingWords(aFileView({ status: 'completed' }))).toBe('“a fox in the snow” is ready.')
  const error = { code: 'timeout', message: 'It took too long.', retryable: true } as const
  expect(endingWords(aFileView({ status: 'failed', error }))).toBe(
    '“a fox in the snow” failed. It took too long.',
  )
})

test('cuts a long prompt short', () => {
  const { settings } = aFileView()
  const view = aFileView({
    status: 'completed',
    settings: { ...settings, prompt: 'rain '.repeat(40) },
  })
  expect(endingWords(view)).toMatch(/^“(rain ){11}rain…” is ready\.$/)
})
