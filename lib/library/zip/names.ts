import { fileName } from '#lib/contract/text/file-name'

/**
 * Hands out names that are safe on every system and all different, also on one that takes `Fox` and `fox`, or the two
 * ways to write `й`, for one: `a-fox`, `a-fox-2`.
 */
export class Names {
  private readonly counts = new Map<string, number>()
  private readonly given = new Set<string>(['MISSING'])

  /** A name without extension. */
  next(title: string): string {
    const base = fileName(title, '')
    const key = folded(base)
    for (let count = this.counts.get(key) ?? 1; ; count++) {
      const name = count === 1 ? base : `${base}-${count}`
      if (this.given.has(folded(name))) continue
      this.counts.set(key, count + 1)
      this.given.add(folded(name))
      return name
    }
  }
}

function folded(name: string) {
  return name.normalize('NFKC').toLowerCase().toUpperCase()
}
