/** One thing to do in a menu. */
export interface MenuItem {
  label: string
  /** Stands at the right end: a price. */
  aside?: string
  onSelect: () => void
}
