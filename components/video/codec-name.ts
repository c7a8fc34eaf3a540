/** Common names of codecs. */
const codecNames: Record<string, string> = {
  avc: 'H.264',
  hevc: 'H.265',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  aac: 'AAC',
}

export function codecName(codec: string) {
  return codecNames[codec] ?? codec
}
