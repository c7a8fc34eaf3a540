import { type CanvasContent, applyEach } from '#lib/contract/canvas/apply-changes'
import type {
  CanvasChange,
  CanvasEdge,
  CanvasNode,
  CanvasPatch,
  CanvasView,
} from '#lib/contract/canvas/canvas'
import { type Problem, ProblemError } from '#lib/contract/problem'
import type { Sentence } from '#lib/messages/message'
import type { CanvasState } from './canvas-doc.ts'
import type { ChangeKeeper, KeptChanges } from './kept-changes.ts'
import { firstOf, narrowed, withChange } from './pending.ts'

export interface CanvasServer {
  read(since: number): Promise<CanvasView>
  change(patch: CanvasPatch): Promise<CanvasView>
  newRequestId(): string
}

type Sending = NonNullable<KeptChanges['sending']>

/**
 * One canvas of a tab: what the server told, and on top what was done here. Sends one request at a time, and one that
 * got no answer again under the same id. What a newer canvas does not take is taken back, and nothing else.
 */
export class CanvasSync {
  private base: CanvasContent = { nodes: new Map(), edges: new Map() }
  private version = 0
  private name = ''
  private sending: Sending | null = null
  private queue: CanvasChange[] = []
  private newName: string | null = null
  private hasFailed = false
  private isMissing = false
  private refusal: Sentence | null = null
  private state: CanvasState | undefined
  private readonly listeners = new Set<() => void>()
  private readonly server: CanvasServer
  private readonly keeper: ChangeKeeper

  constructor(server: CanvasServer, keeper: ChangeKeeper) {
    this.server = server
    this.keeper = keeper
  }

  read = (): CanvasState => (this.state ??= this.shown())

  subscribe(listener: () => void) {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  get isWaiting() {
    return this.sending !== null || this.queue.length > 0 || this.newName !== null
  }

  get seen() {
    return this.version
  }

  apply(changes: readonly CanvasChange[]) {
    const shown = this.read()
    for (const change of changes) this.queue = withChange(this.queue, narrowed(change, shown))
    this.refusal = null
    this.dropRefused()
    this.changed()
  }

  rename(name: string) {
    this.newName = name
    this.changed()
  }

  /** Takes over what another tab has left behind: what it may have sent goes out under the id that it had. */
  takeOver({ sending, queue, name }: KeptChanges) {
    if (sending && !this.sending) this.sending = sending
    else if (sending) this.queue = [...this.queue, ...sending.changes]
    this.queue = [...this.queue, ...queue]
    this.newName = name ?? this.newName
    this.changed()
  }

  /** Keeps what waits, for a tab that opens this canvas when this one has gone. */
  leave() {
    this.keeper.keep(this.kept(), true)
  }

  /** Takes in the canvas as the page was sent with it. */
  begin(view: CanvasView) {
    this.receive(view)
    this.changed()
  }

  /** Reads what others have changed. Throws `ProblemError`. */
  async look() {
    try {
      this.receive(await this.server.read(this.version))
      this.hasFailed = false
      this.isMissing = false
    } catch (error) {
      this.isMissing ||= error instanceof ProblemError && error.problem.code === 'not_found'
      throw error
    } finally {
      this.changed()
    }
  }

  /** Sends what waits, as much as fits into one request. Throws `ProblemError` where that got no answer. */
  async send() {
    if (!this.isWaiting) return
    const sending = (this.sending ??= this.nextRequest())
    this.changed()
    const since = this.version
    try {
      const view = await this.server.change({ ...sending, since })
      this.sending = null
      this.receive(view)
      this.hasFailed = false
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      if (!isRefusal(error.problem)) {
        this.hasFailed = true
        throw error
      }
      this.takeBack(error.problem)
    } finally {
      this.changed()
    }
  }

  private nextRequest(): Sending {
    const changes = firstOf(this.queue)
    this.queue = this.queue.slice(changes.length)
    const name = this.newName
    this.newName = null
    return { requestId: this.server.newRequestId(), changes, ...(name !== null && { name }) }
  }

  /** The change that was refused is taken back; all others of the request go out again, under another id. */
  private takeBack({ errors = [], detail }: Problem) {
    const { changes, name } = this.sending!
    const index = Number(/^changes\[(\d+)\]/.exec(errors[0]?.field ?? '')?.[1] ?? -1)
    this.queue = [...(index >= 0 ? changes.toSpliced(index, 1) : []), ...this.queue]
    if (name !== undefined && index >= 0) this.newName ??= name
    this.sending = null
    this.refusal = errors[0]?.message ?? detail
  }

  private receive(view: CanvasView) {
    const { isWhole } = view
    const nodes = new Map<string, CanvasNode>(isWhole ? [] : this.base.nodes)
    const edges = new Map<string, CanvasEdge>(isWhole ? [] : this.base.edges)
    for (const { id, node, edge } of view.elements) {
      put(nodes, id, node)
      put(edges, id, edge)
    }
    this.base = view.elements.length === 0 && !isWhole ? this.base : { nodes, edges }
    this.version = view.version
    this.name = view.name
    this.dropRefused()
  }

  /** What cannot be done any more on the canvas as it is now is taken back. What is on its way the server judges. */
  private dropRefused() {
    if (this.queue.length === 0 || this.version === 0) return
    const sent = applyEach(this.base, this.sending?.changes ?? []).content
    const { kept, refusal } = applyEach(sent, this.queue)
    if (kept.length < this.queue.length) this.queue = kept
    if (refusal) this.refusal = refusal.says
  }

  private shown(): CanvasState {
    const sent = applyEach(this.base, this.sending?.changes ?? []).content
    const { nodes, edges } = applyEach(sent, this.queue).content
    return {
      name: this.newName ?? this.sending?.name ?? this.name,
      version: this.version,
      nodes,
      edges,
      saving: this.hasFailed ? 'offline' : this.isWaiting ? 'saving' : 'saved',
      isMissing: this.isMissing,
      refusal: this.refusal,
    }
  }

  private kept(): KeptChanges {
    return { sending: this.sending, queue: this.queue, name: this.newName }
  }

  private changed() {
    this.state = undefined
    this.keeper.keep(this.kept())
    for (const listener of this.listeners) listener()
  }
}

function put<T>(map: Map<string, T>, id: string, value: T | null) {
  if (value === null) map.delete(id)
  else map.set(id, value)
}

/** Whether the server will never take it: sent again, it would be refused again. */
function isRefusal({ code }: Problem) {
  return code === 'invalid_input' || code === 'payload_too_large'
}
