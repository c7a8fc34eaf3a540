import { expect, test } from 'vitest'
import { filmName, playbackOf } from './film-format.ts'

test.each([
  ['video/mp4', 'avc', 'everywhere', 'an H.264 film in MP4'],
  ['video/mp4', 'vp9', 'everywhere', 'a VP9 film in MP4'],
  ['video/mp4', 'hevc', 'somewhere', 'an H.265 film in MP4'],
  ['video/quicktime', 'avc', 'everywhere', 'an H.264 film in MOV'],
  ['video/quicktime', 'prores', 'nowhere', 'a ProRes film in MOV'],
  ['video/webm', 'av1', 'everywhere', 'an AV1 film in WebM'],
  ['video/x-matroska', 'avc', 'somewhere', 'an H.264 film in Matroska'],
  ['video/mp2t', 'avc', 'nowhere', 'an H.264 film in MPEG-TS'],
  ['video/mp4', 'unknown', 'nowhere', 'a film in MP4 with an unknown codec'],
  [null, null, 'everywhere', 'a film with an unknown codec'],
] as const)('F6: %s with %s plays %s and is called %s', (contentType, videoCodec, plays, name) => {
  expect(playbackOf({ contentType, videoCodec })).toBe(plays)
  expect(filmName({ contentType, videoCodec })).toBe(name)
})
