import { expect, it } from 'vitest'
import { downloadName } from './video-actions.tsx'

const url = '/api/media/file_a/video.mp4'

it.each([
  ['Slow pan over the ocean, at dawn!', 'slow-pan-over-the-ocean-at-dawn.mp4'],
  ['Горы, снег', 'горы-снег.mp4'],
  ['???', 'video.mp4'],
  ['../../etc/passwd', 'etc-passwd.mp4'],
])('names %s', (prompt, name) => expect(downloadName(prompt, url)).toBe(name))

it('takes the extension of the URL', () =>
  expect(downloadName('A fox', '/api/media/file_a/video.webm')).toBe('a-fox.webm'))

it('cuts at a word', () => {
  const name = downloadName('wave '.repeat(40), url)
  expect(name.length).toBeLessThanOrEqual(64)
  expect(name).toMatch(/^(wave-)+wave\.mp4$/)
})
