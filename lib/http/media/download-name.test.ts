import fc from 'fast-check'
import { expect, test } from 'vitest'
import { downloadName } from './download-name.ts'

test('names the file after its prompt', () => {
  expect(downloadName('Rain over a night city!', 'video.mp4')).toBe(
    `attachment; filename="Rain-over-a-night-city.mp4"; filename*=UTF-8''Rain-over-a-night-city.mp4`,
  )
})

test('keeps Cyrillic for those who can read it, and has a name for those who cannot', () => {
  const header = downloadName('Дождь над городом', 'video.mp4')
  expect(header).toContain('filename="video.mp4"')
  expect(header).toContain(encodeURIComponent('Дождь-над-городом.mp4'))
})

test('no prompt can break out of the header', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (prompt) => {
      const header = downloadName(prompt, 'video.mp4')
      expect(header).toMatch(
        /^attachment; filename="[\x20-\x7e]+\.mp4"; filename\*=UTF-8''[\w%.!~*'()-]+$/,
      )
      expect(header.match(/"/g)).toHaveLength(2)
    }),
  )
})
