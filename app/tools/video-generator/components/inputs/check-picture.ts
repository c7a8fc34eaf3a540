import { imageMaxBytes, imageTypes } from '#lib/contract/generation-inputs'
import { formatBytes } from '../../../../../components/video/format-figures.ts'

/** Why a file cannot be used as a picture, as a sentence; null where it can. */
export function checkPicture({ name, type, size }: Pick<File, 'name' | 'type' | 'size'>) {
  if (!imageTypes.some((known) => known === type)) return `${name} is no PNG, JPEG or WebP picture.`
  if (size > imageMaxBytes) return `${name} has ${formatBytes(size)}; 10 MB are the most.`
  return null
}
