/** The aspect ratios a video can be asked for. Vertical first: it is what phones want. */
export const aspectRatios = ['9:16', '16:9', '1:1'] as const
export type AspectRatio = (typeof aspectRatios)[number]

/** The resolutions a video can be asked for, named after the length of the shorter side in pixels. */
export const resolutions = ['480p', '720p', '1080p'] as const
export type Resolution = (typeof resolutions)[number]

const shortSide: Record<Resolution, number> = { '480p': 480, '720p': 720, '1080p': 1080 }
const longSide: Record<Resolution, number> = { '480p': 854, '720p': 1280, '1080p': 1920 }

/** Width and height in pixels, both even, as H.264 wants them. */
export function dimensionsOf(ratio: AspectRatio, resolution: Resolution) {
  const short = shortSide[resolution]
  const long = longSide[resolution]
  if (ratio === '1:1') return { width: short, height: short }
  return ratio === '16:9' ? { width: long, height: short } : { width: short, height: long }
}
