import type { ToldImage } from './image-marks.ts'
import type { ImageTarget } from './request.ts'

/**
 * The images that are meant, out of those of the message itself and those before it (oldest first). Where several
 * could be, one is enough: a video begins with one, and costs money.
 */
export function resolveImages(
  target: ImageTarget | undefined,
  attached: readonly ToldImage[],
  earlier: readonly ToldImage[],
): ToldImage[] {
  const [first] = attached
  const last = earlier.at(-1)
  switch (target?.kind) {
    case 'number': {
      const here = attached.length > 1 ? attached[target.number - 1] : undefined
      return one(here ?? [...earlier, ...attached].find(({ number }) => number === target.number))
    }
    case 'earlier':
      return one(last ?? first)
    case 'all':
      return first ? [...attached] : one(last)
    case 'this':
    case 'same':
      return one(first ?? last)
    default:
      return one(first)
  }
}

function one(image: ToldImage | undefined) {
  return image ? [image] : []
}
