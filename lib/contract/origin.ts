/** The doors a generation can be started through. */
export const doors = ['form', 'chat', 'api'] as const
export type Door = (typeof doors)[number]

/** Where a generation was started: the door, and the place there by which that door finds it again. */
export interface Origin {
  door: Door
  place: Record<string, string> | null
}
