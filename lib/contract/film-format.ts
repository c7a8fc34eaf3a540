import type { FileView } from './file-view.ts'

/** What is known of a film's format; each null until its bytes are here. */
export type FilmFormat = Pick<FileView, 'contentType' | 'videoCodec'>

/** Where a film plays: in every current browser, in some of them, or in none. */
export type Playback = 'everywhere' | 'somewhere' | 'nowhere'

interface ContainerFormat {
  label: string
  everywhere?: readonly string[]
  somewhere?: readonly string[]
}

const containers: Record<string, ContainerFormat> = {
  'video/mp4': { label: 'MP4', everywhere: ['avc', 'vp9', 'av1'], somewhere: ['hevc'] },
  'video/quicktime': { label: 'MOV', everywhere: ['avc'], somewhere: ['hevc'] },
  'video/webm': { label: 'WebM', everywhere: ['vp8', 'vp9', 'av1'] },
  'video/x-matroska': { label: 'Matroska', somewhere: ['avc', 'hevc', 'vp8', 'vp9', 'av1'] },
  'video/mp2t': { label: 'MPEG-TS' },
}

const codecNames: Record<string, string> = {
  avc: 'H.264',
  hevc: 'H.265',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  prores: 'ProRes',
  aac: 'AAC',
}

/** The common name of a codec. */
export function codecName(codec: string) {
  return codecNames[codec] ?? codec
}

/** Whether a finished film can be expected to play. `somewhere`: offer the download beside the player. */
export function playbackOf({ contentType, videoCodec }: FilmFormat): Playback {
  const container = contentType === null ? undefined : containers[contentType]
  if (!container || videoCodec === null) return 'everywhere'
  if (container.everywhere?.includes(videoCodec)) return 'everywhere'
  return container.somewhere?.includes(videoCodec) ? 'somewhere' : 'nowhere'
}

/** A film named as what it is: `a ProRes film in MOV`. */
export function filmName({ contentType, videoCodec }: FilmFormat) {
  const container = containers[contentType ?? '']?.label
  const codec = codecNames[videoCodec ?? '']
  const film = codec ? `${/^[AH]/.test(codec) ? 'an' : 'a'} ${codec} film` : 'a film'
  const within = container ? ` in ${container}` : ''
  return codec ? film + within : `${film}${within} with an unknown codec`
}
