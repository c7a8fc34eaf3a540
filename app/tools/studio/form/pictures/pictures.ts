import { type MessageRef, type Sentence, message } from '#lib/messages/message'
import type { ModelView } from '#lib/contract/model-view'

export type PictureRole = 'firstFrame' | 'lastFrame' | 'reference'

/** A picture in the form, from the moment it is chosen. */
export interface Picture {
  /** Unique within the form. */
  key: string
  role: PictureRole
  /** The name of its file. */
  name: Sentence
  /** Its preview; null where only its id is known. */
  url: string | null
  /** Its id at the server; null until it is uploaded. */
  id: string | null
  /** How much of it is uploaded, 0 to 1. */
  progress: number
  /** Why it could not be uploaded. */
  problem: Sentence | null
}

type Supports = ModelView['supports']

/** Whether a model accepts any pictures. */
export function takesPictures({ firstFrame, lastFrame, maxReferences }: Supports) {
  return firstFrame || lastFrame || maxReferences > 0
}

/** The pictures that the model accepts; the others are kept for one that does. */
export function fittingPictures(pictures: readonly Picture[], supports: Supports) {
  let references = 0
  return pictures.filter(({ role }) => {
    if (role !== 'reference') return supports[role]
    references += 1
    return references <= supports.maxReferences
  })
}

/** The role of the next picture; null where the model accepts no more. */
export function freeRole(pictures: readonly Picture[], supports: Supports): PictureRole | null {
  const count = (role: PictureRole) => pictures.filter((picture) => picture.role === role).length
  const references = count('reference')
  const isOpen = (role: 'firstFrame' | 'lastFrame') => supports[role] && count(role) === 0
  if (references === 0 && isOpen('firstFrame')) return 'firstFrame'
  if (references === 0 && isOpen('lastFrame')) return 'lastFrame'
  const hasFrames = pictures.length > references
  return references < supports.maxReferences && !hasFrames ? 'reference' : null
}

/** A slot for a picture in the form, filled or empty. */
export interface PicturePlace {
  key: string
  name: MessageRef
  part: PictureRole
  picture: Picture | undefined
}

/** The slots of a model: its frames, the references so far, and an empty one below its limit. */
export function picturePlaces(
  pictures: readonly Picture[],
  { firstFrame, lastFrame, maxReferences }: ModelView['supports'],
): PicturePlace[] {
  const frame = (part: 'firstFrame' | 'lastFrame') => ({
    key: part,
    name: message(`inputs.name_${part}`),
    part,
    picture: pictures.find(({ role }) => role === part),
  })
  const references = pictures.filter(({ role }) => role === 'reference')
  const next = references.length < maxReferences ? [undefined] : []
  return [
    ...(firstFrame ? [frame('firstFrame')] : []),
    ...(lastFrame ? [frame('lastFrame')] : []),
    ...[...references, ...next].map((picture, index) => ({
      key: picture?.key ?? 'next',
      name: message('inputs.name_reference', { number: index + 1 }),
      part: 'reference' as const,
      picture,
    })),
  ]
}
