/** A model that could make a video with the same settings. */
export interface ModelOffer {
  id: string
  label: string
  /** Dollars. */
  usd: number
}
