import type { AspectRatio } from '#lib/contract/video-format'

const sizes: Record<AspectRatio, { width: number; height: number }> = {
  '9:16': { width: 11, height: 20 },
  '16:9': { width: 25, height: 14 },
  '1:1': { width: 17, height: 17 },
}

/** The format as a drawn rectangle. */
export function FormatGlyph({ ratio }: { ratio: AspectRatio }) {
  return (
    <span
      aria-hidden="true"
      style={sizes[ratio]}
      className="block rounded-[2px] border-[1.5px] border-current"
    />
  )
}
