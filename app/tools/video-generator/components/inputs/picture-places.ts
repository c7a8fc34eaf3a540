import type { ModelView } from '#lib/contract/model-view'
import type { Picture, PictureRole } from './picture.ts'

/** A place for a picture in the form, filled or free. */
export interface PicturePlace {
  key: string
  label: string
  part: PictureRole
  picture: Picture | undefined
}

/** As many places as the model has: its frames, the references there are, and one more while there is room. */
export function picturePlaces(
  pictures: readonly Picture[],
  { firstFrame, lastFrame, maxReferences }: ModelView['supports'],
): PicturePlace[] {
  const frame = (part: PictureRole, label: string) => ({
    key: part,
    label,
    part,
    picture: pictures.find(({ role }) => role === part),
  })
  const references = pictures.filter(({ role }) => role === 'reference')
  const next = references.length < maxReferences ? [undefined] : []
  return [
    ...(firstFrame ? [frame('firstFrame', 'First frame')] : []),
    ...(lastFrame ? [frame('lastFrame', 'Last frame')] : []),
    ...[...references, ...next].map((picture, index) => ({
      key: picture?.key ?? 'next',
      label: `Reference ${index + 1}`,
      part: 'reference' as const,
      picture,
    })),
  ]
}
