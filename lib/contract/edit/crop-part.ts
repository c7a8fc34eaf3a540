interface Size {
  width: number
  height: number
}

/** A part of a picture, in its pixels. */
export interface Part extends Size {
  left: number
  top: number
}

export const cropRatios = { '9:16': 9 / 16, '16:9': 16 / 9, '1:1': 1 } as const

/** The largest part of a picture with a ratio, as near to a point (in shares of its sides) as it fits. */
export function partAround(whole: Size, ratio: number, focus: { x: number; y: number }): Part {
  const isTooWide = whole.width / whole.height > ratio
  const width = isTooWide ? whole.height * ratio : whole.width
  const height = isTooWide ? whole.height : whole.width / ratio
  const place = (middle: number, length: number, side: number) =>
    Math.min(Math.max(middle * side - length / 2, 0), side - length)
  return {
    width,
    height,
    left: place(focus.x, width, whole.width),
    top: place(focus.y, height, whole.height),
  }
}
