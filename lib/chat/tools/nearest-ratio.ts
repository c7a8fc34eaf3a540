import type { AspectRatio } from '#lib/contract/video-format'

/** Of some aspect ratios, the one a picture loses least in. */
export function nearestRatio(
  ratios: readonly AspectRatio[],
  { width, height }: { width: number; height: number },
): AspectRatio {
  const distance = (ratio: AspectRatio) => {
    const [across = 1, down = 1] = ratio.split(':').map(Number)
    return Math.abs(Math.log(across / down / (width / height)))
  }
  return ratios.toSorted((a, b) => distance(a) - distance(b))[0]!
}
