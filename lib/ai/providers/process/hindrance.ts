/** Why a child cannot do its work, however often it is tried. */
export const hindrances = ['unreadable', 'too_large'] as const
export type Hindrance = (typeof hindrances)[number]

/** Thrown in a child; no other attempt follows. */
export class HindranceError extends Error {
  override readonly name = 'HindranceError'
  readonly code: Hindrance

  constructor(code: Hindrance) {
    super(code)
    this.code = code
  }
}
