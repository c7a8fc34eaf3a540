import { applyEach } from '#lib/contract/canvas/apply-changes'
import type { CanvasChange } from '#lib/contract/canvas/canvas'
import type { CanvasDoc, CanvasState } from '#lib/delivery/canvas/canvas-doc'

/** A canvas of this tab alone. */
export function memoryDoc(id: string, begin: readonly CanvasChange[] = []): CanvasDoc {
  let state: CanvasState = {
    name: '',
    version: 1,
    nodes: new Map(),
    edges: new Map(),
    saving: 'saved',
    isMissing: false,
    refusal: null,
  }
  const listeners = new Set<() => void>()
  const become = (next: Partial<CanvasState>) => {
    state = { ...state, ...next, version: state.version + 1 }
    for (const listener of listeners) listener()
  }
  const doc: CanvasDoc = {
    id,
    read: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    apply: (changes) => {
      const { content, refusal } = applyEach(state, changes)
      become({ nodes: content.nodes, edges: content.edges, refusal: refusal?.says ?? null })
    },
    rename: (name) => become({ name }),
    flush: () => Promise.resolve(),
  }
  doc.apply(begin)
  return doc
}
