import { expect, test } from 'vitest'
import { formatName, playbackOf } from './film-format.ts'

test.each([
  ['video/mp4', 'avc', 'everywhere', 'H.264 (MP4)'],
  ['video/mp4', 'vp9', 'everywhere', 'VP9 (MP4)'],
  ['video/mp4', 'hevc', 'somewhere', 'H.265 (MP4)'],
  ['video/quicktime', 'avc', 'everywhere', 'H.264 (MOV)'],
  ['video/quicktime', 'prores', 'nowhere', 'ProRes (MOV)'],
  ['video/webm', 'av1', 'everywhere', 'AV1 (WebM)'],
  ['video/x-matroska', 'avc', 'somewhere', 'H.264 (Matroska)'],
  ['video/mp2t', 'avc', 'nowhere', 'H.264 (MPEG-TS)'],
  ['video/mp4', 'unknown', 'nowhere', 'MP4'],
  [null, null, 'everywhere', ''],
] as const)('F6: %s with %s plays %s and is called %s', (contentType, videoCodec, plays, name) => {
  expect(playbackOf({ contentType, videoCodec })).toBe(plays)
  expect(formatName({ contentType, videoCodec })).toBe(name)
})
