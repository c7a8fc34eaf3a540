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

/** The common name of a codec; null where it is not known. */
export function codecName(codec: string | null) {
  if (codec === null || codec === 'unknown') return null
  return codecNames[codec] ?? codec
}

/** Whether a finished film can be expected to play. `somewhere`: offer the download beside the player. */
export function playbackOf({ contentType, videoCodec }: FilmFormat): Playback {
  const container = contentType === null ? undefined : containers[contentType]
  if (!container || videoCodec === null) return 'everywhere'
  if (container.everywhere?.includes(videoCodec)) return 'everywhere'
  return container.somewhere?.includes(videoCodec) ? 'somewhere' : 'nowhere'
}

/** A format by its codec and container, as far as they are known: `ProRes (MOV)`. */
export function formatName({ contentType, videoCodec }: FilmFormat) {
  const container = containers[contentType ?? '']?.label ?? contentType ?? ''
  const codec = codecName(videoCodec)
  if (!codec) return container
  return container ? `${codec} (${container})` : codec
}
