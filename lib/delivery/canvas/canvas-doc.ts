import type { CanvasChange, CanvasEdge, CanvasNode } from '#lib/contract/canvas/canvas'
import type { Sentence } from '#lib/messages/message'

/** A canvas as it is shown: what the server told, and on top what was done here and is on its way. */
export interface CanvasState {
  name: string
  /** Of the server, as far as it was read; 0 before. */
  version: number
  nodes: ReadonlyMap<string, CanvasNode>
  edges: ReadonlyMap<string, CanvasEdge>
  /** `offline`: what was done is kept in this browser and sent later. */
  saving: 'saved' | 'saving' | 'offline'
  /** There is no such canvas of this user, or no longer. */
  isMissing: boolean
  /** Why the last change was refused and taken back; null where none was. */
  refusal: Sentence | null
}

/** One canvas of a tab. `read` answers the very same object until something changes. */
export interface CanvasDoc {
  readonly id: string
  read(): CanvasState
  subscribe(listener: () => void): () => void
  /** Shows changes at once and sends them; what others changed meanwhile stays. */
  apply(changes: readonly CanvasChange[]): void
  rename(name: string): void
  /** Sends what waits, for what the server must know first: a run, a message of a chat. Throws `ProblemError`. */
  flush(): Promise<void>
}
