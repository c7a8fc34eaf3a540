interface Place {
  at: number
  count: number
  columns: number
}

interface Key {
  key: string
  ctrlKey: boolean
  metaKey: boolean
}

const pageRows = 4

/** Where a key leads to in a grid; undefined where it leads nowhere. */
export function stepOf(
  { key, ctrlKey, metaKey }: Key,
  { at, count, columns }: Place,
): number | undefined {
  const isFar = ctrlKey || metaKey
  const row = Math.floor(at / columns) * columns
  const by = (steps: number) => (at + steps >= 0 && at + steps < count ? at + steps : undefined)
  // From above a last row that is not full, its last one is the next below.
  const below = by(columns) ?? (row + columns < count ? count - 1 : undefined)
  const within = (steps: number) => Math.min(count - 1, Math.max(0, at + steps * columns))
  switch (key) {
    case 'ArrowRight':
      return by(1)
    case 'ArrowLeft':
      return by(-1)
    case 'ArrowDown':
      return below
    case 'ArrowUp':
      return by(-columns)
    case 'Home':
      return isFar ? 0 : row
    case 'End':
      return isFar ? count - 1 : Math.min(count - 1, row + columns - 1)
    case 'PageDown':
      return within(pageRows)
    case 'PageUp':
      return within(-pageRows)
    default:
      return undefined
  }
}
