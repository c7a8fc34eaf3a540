import type { Kind } from '#lib/contract/generation'
import { imageKind } from './image.ts'
import type { RequestKind } from './kind.ts'
import { videoKind } from './video.ts'

/** The kinds that are asked of a provider by a request of their own. */
export type RequestedKind = Exclude<Kind, 'edit'>

export const requestKinds: Record<RequestedKind, RequestKind> = {
  video: videoKind,
  image: imageKind,
}
