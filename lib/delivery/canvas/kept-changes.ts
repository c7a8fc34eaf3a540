import type { CanvasChange } from '#lib/contract/canvas/canvas'
import { hasFields } from '#lib/contract/problem'

/** What was done on a canvas in one tab and is not at the server yet. */
export interface KeptChanges {
  /** What may have been sent already, as one request. */
  sending: { requestId: string; changes: CanvasChange[]; name?: string } | null
  queue: CanvasChange[]
  name: string | null
}

type Kept = KeptChanges & { at: number; isLeft: boolean }

/** Where changes outlive their tab; one of a browser's stores. */
export type ChangeShelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

// A tab that is open writes at least every half minute while something waits.
const abandonedMs = 2 * 60_000
const keptMs = 30 * 24 * 60 * 60_000

const prefix = (canvasId: string) => `photofinish canvas ${canvasId} `

/** The changes of one tab, kept in this browser until the server has them. Where it keeps nothing, nothing is lost but that. */
export class ChangeKeeper {
  private readonly shelf: ChangeShelf | undefined
  private readonly key: string
  private readonly canvasId: string
  private readonly now: () => number

  constructor(canvasId: string, shelf: ChangeShelf | undefined, tab: string, now = Date.now) {
    this.canvasId = canvasId
    this.shelf = shelf
    this.key = prefix(canvasId) + tab
    this.now = now
  }

  /** @param isLeft where the tab goes, so that another one may send them. */
  keep(changes: KeptChanges, isLeft = false) {
    const isEmpty = !changes.sending && changes.queue.length === 0 && changes.name === null
    try {
      if (isEmpty) this.shelf?.removeItem(this.key)
      else
        this.shelf?.setItem(
          this.key,
          JSON.stringify({ ...changes, at: this.now(), isLeft } satisfies Kept),
        )
    } catch {
      // Full, or not allowed: they stay in the tab.
    }
  }

  /** Takes over what other tabs have left behind, the oldest first. */
  takeLeft(): KeptChanges[] {
    const { shelf } = this
    if (!shelf) return []
    const keys = Array.from({ length: shelf.length }, (_, index) => shelf.key(index) ?? '')
    return keys
      .filter((key) => key.startsWith(prefix(this.canvasId)) && key !== this.key)
      .flatMap((key) => this.take(shelf, key) ?? [])
      .toSorted((one, other) => one.at - other.at)
  }

  private take(shelf: ChangeShelf, key: string): Kept | undefined {
    const kept = read(shelf, key)
    const age = this.now() - (kept?.at ?? 0)
    if (kept && !kept.isLeft && age < abandonedMs) return undefined
    shelf.removeItem(key)
    return kept && age < keptMs ? kept : undefined
  }
}

function read(shelf: ChangeShelf, key: string): Kept | undefined {
  try {
    const value: unknown = JSON.parse(shelf.getItem(key) ?? '')
    return hasFields(value, { queue: 'object', at: 'number' }) || isKept(value)
      ? (value as Kept)
      : undefined
  } catch {
    return undefined
  }
}

function isKept(value: unknown) {
  return Array.isArray((value as Kept | null)?.queue)
}
