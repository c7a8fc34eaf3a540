import type { CanvasContent } from '#lib/contract/canvas/apply-changes'
import { type Brought, frameTaken, isMedia, shownVersion } from '#lib/contract/canvas/brought'
import type { MediaNode } from '#lib/contract/canvas/canvas'
import type { CanvasPlan, CanvasRunRequest, PlannedNode } from '#lib/contract/canvas/run'
import type { KeptSettings } from '#lib/contract/generation'
import { noInputs } from '#lib/contract/generation-inputs'
import { usdOf } from '#lib/contract/money'
import type { Caller } from '#lib/contract/people/caller'
import { type Sentence, message } from '#lib/messages/message'
import type { generation } from '../../db/generation-schema.ts'
import { AppError } from '../../errors.ts'
import type { ComingInput } from '../../generations/start/prepare.ts'
import {
  type GenerationRequest,
  assertInputs,
  idsIn,
  readGenerationRequest,
  settingsHash,
} from '../../generations/start/request.ts'
import type { ComingSource } from '../../generations/start/start-edit.ts'
import { isFinalState } from '../../generations/states.ts'
import { newId } from '../../ids.ts'
import { quoteOf } from '../../kinds/kind.ts'
import { requestKinds } from '../../kinds/kinds.ts'
import { type Frame, type FrameStep, type Frames, prepareFrame } from './frames.ts'
import { bodyOf, sourcesOf } from './scope.ts'

/** What is started: a node that is made, or a frame of a video that is taken for one. */
export type Step = MakeStep | FrameStep

/** A node that is to be made: under which id, and of what. */
export interface MakeStep {
  does: 'make'
  node: MediaNode
  fileId: string
  request: GenerationRequest
  /** The video it goes on from the end of. */
  extends: string | undefined
}

/** What is shown of a run, and what is started. */
export interface Plan {
  plan: Omit<CanvasPlan, 'running'>
  steps: Step[]
  /** All that is being made: what inputs may wait for. */
  coming: ComingInput[]
}

/** What a node shows was made like this. */
export type Made = Pick<typeof generation.$inferSelect, 'state' | 'settingsHash' | 'settings'>

interface PlanningOptions {
  caller: Caller
  graph: CanvasContent
  request: CanvasRunRequest
  /** By id. */
  made: ReadonlyMap<string, Made>
  frames: Frames
  now: Date
}

/** One plan of a run. */
export class Planning {
  private readonly options: PlanningOptions
  private readonly shown: PlannedNode[] = []
  private readonly steps: Step[] = []
  private readonly coming: ComingInput[] = []
  /** The videos among them. */
  private readonly comingVideos: ComingSource[] = []
  /** What others use of each node. */
  private readonly media = new Map<string, string>()
  /** By node, and by the frame that is taken. */
  private readonly orders = new Map<string, number>()
  private readonly refused = new Set<string>()
  private sums = { usd: 0, upToUsd: 0 }

  constructor(options: PlanningOptions) {
    this.options = options
  }

  /** Plans nodes, each after all it is made from. */
  async planAll(nodes: readonly MediaNode[]): Promise<Plan> {
    for (const node of nodes) this.shown.push(await this.planOne(node))
    const plan: Plan['plan'] = {
      object: 'canvas.plan',
      nodes: this.shown,
      usd: usdOf(this.sums.usd),
      upToUsd: usdOf(this.sums.upToUsd),
      canRun: this.steps.length > 0 && this.refused.size === 0,
    }
    return { plan, steps: this.steps, coming: this.coming }
  }

  private async planOne(node: MediaNode): Promise<PlannedNode> {
    const { request, made } = this.options
    const fileId = shownVersion(node)
    const isAgain = request.scope === 'these' && request.nodes.includes(node.id)
    const facts = fileId === null ? undefined : made.get(fileId)
    if (fileId !== null && !isAgain) {
      // An upload, or what left the library: there is nothing it could be made of again.
      if (!facts && !fileId.startsWith('file_')) return this.use(node, fileId)
      if (facts && !isFinalState(facts.state)) return this.wait(node, fileId, facts)
      if (facts?.state === 'completed' && this.isPutHere(node)) return this.use(node, fileId)
    }
    const why = this.whyNot(node)
    if (why) return this.refuse(node, why)
    try {
      return await this.makeOrUse(node, isAgain ? null : fileId, facts)
    } catch (error) {
      if (error instanceof AppError) return this.refuse(node, reasonIn(error))
      throw error
    }
  }

  /** Whether it came from the library: nothing here says what else it could be made of. */
  private isPutHere({ id, settings }: MediaNode) {
    return Object.keys(settings).length === 0 && sourcesOf(this.options.graph, id).length === 0
  }

  private async makeOrUse(node: MediaNode, fileId: string | null, facts: Made | undefined) {
    const { frames } = this.options
    if (fileId !== null && facts?.state === 'completed') {
      const inputs = idsIn(facts.settings.inputs ?? noInputs)
      const asMade = await this.read(node, (frame) => frames.among(inputs, frame))
      if (facts.settingsHash === settingsHash(asMade)) return this.use(node, fileId)
    }
    await this.takeFrames(node)
    return this.make(node, await this.read(node, (frame) => frames.ready(frame)))
  }

  private read(node: MediaNode, frameId: (frame: Frame) => string | undefined) {
    const { caller, graph, now } = this.options
    const body = bodyOf(graph, node, (one) => {
      const frame = this.frameOf(one)
      // One that was never taken is like none that anything was made with.
      return frame ? (frameId(frame) ?? newId('file')) : (this.media.get(one.source.id) ?? '')
    })
    return readGenerationRequest(body, caller, now, node.kind)
  }

  private frameOf({ edge, source }: Brought): Frame | undefined {
    const at = frameTaken(edge.role, source.kind)
    const video = this.media.get(source.id)
    return at && video ? { at, video } : undefined
  }

  /** Plans to take the frames that a node is made from, where they are not there. */
  private async takeFrames(node: MediaNode) {
    const { caller, frames, graph, now } = this.options
    for (const one of sourcesOf(graph, node.id)) {
      const frame = this.frameOf(one)
      if (!frame || frames.ready(frame)) continue
      const step = await prepareFrame(frame, { caller, coming: this.comingVideos, now })
      frames.add(frame, step.fileId)
      this.steps.push(step)
      this.coming.push({ fileId: step.fileId, type: 'image' })
      const nodeId = one.source.id
      const order = (this.orders.get(nodeId) ?? 0) + 1
      this.orders.set(step.fileId, order)
      this.shown.push({ nodeId, does: 'frame', order, at: frame.at })
    }
  }

  private async make(node: MediaNode, read: GenerationRequest): Promise<PlannedNode> {
    const { caller, now } = this.options
    const from = this.extendedBy(node)
    await assertInputs(caller.ownerId, read.settings.inputs, now, [
      ...this.coming,
      // Of a video its last frame is taken.
      ...(from ? [{ fileId: from, type: 'image' as const }] : []),
    ])
    const { quotedMicros, ceilingMicros } = quoteOf(read.settings, read.model)
    this.sums = {
      usd: this.sums.usd + quotedMicros,
      upToUsd: this.sums.upToUsd + ceilingMicros,
    }
    const fileId = newId('file')
    this.steps.push({ does: 'make', node, fileId, request: read, extends: from })
    const order = this.orderOf(node)
    this.orders.set(node.id, order)
    this.expect(node, fileId, requestKinds[node.kind].keptSettings(read.settings, 0), {
      prompt: read.settings.prompt,
      isDemo: read.model.isDemo,
    })
    const { kind } = node
    const { label: modelLabel } = read.model
    const [usd, upToUsd] = [usdOf(quotedMicros), usdOf(ceilingMicros)]
    return { nodeId: node.id, does: 'make', order, kind, modelLabel, usd, upToUsd }
  }

  /** The video that a node goes on from the end of. */
  private extendedBy(node: MediaNode) {
    const sources = sourcesOf(this.options.graph, node.id)
    const extension = sources.findLast(({ edge }) => edge.role === 'extension')
    return extension && isMedia(extension.source) ? this.media.get(extension.source.id) : undefined
  }

  /** After all it is made from. */
  private orderOf(node: MediaNode) {
    const before = sourcesOf(this.options.graph, node.id).map((one) => {
      const frame = this.frameOf(one)
      const id = frame ? this.options.frames.ready(frame) : one.source.id
      return this.orders.get(id ?? '') ?? 0
    })
    return Math.max(0, ...before) + 1
  }

  /** What no model could make. */
  private whyNot(node: MediaNode): Sentence | undefined {
    for (const { source } of sourcesOf(this.options.graph, node.id)) {
      if (!isMedia(source)) continue
      if (this.refused.has(source.id)) return message('canvasRun.refusal.before')
      if (!this.media.has(source.id)) return message('canvasRun.refusal.nothing')
    }
    return undefined
  }

  private use(node: MediaNode, fileId: string): PlannedNode {
    this.media.set(node.id, fileId)
    return { nodeId: node.id, does: 'reuse', fileId }
  }

  private wait(node: MediaNode, fileId: string, { settings }: Made): PlannedNode {
    this.expect(node, fileId, settings)
    return { nodeId: node.id, does: 'wait', fileId }
  }

  /** Others use of a node what is coming. */
  private expect(
    { id, kind }: MediaNode,
    fileId: string,
    { width, height, duration }: KeptSettings,
    words?: Pick<ComingSource, 'prompt' | 'isDemo'>,
  ) {
    this.media.set(id, fileId)
    this.coming.push({ fileId, type: kind })
    if (kind !== 'video') return
    const source = { type: kind, width, height, durationSeconds: duration, sizeBytes: 0 }
    this.comingVideos.push({ fileId, source, ...words })
  }

  private refuse(node: MediaNode, why: Sentence): PlannedNode {
    this.refused.add(node.id)
    return { nodeId: node.id, does: 'refuse', why }
  }
}

/** A person who reads a plan knows no names of fields. */
function reasonIn({ fields = [], userMessage }: AppError): Sentence {
  const [only, ...more] = fields
  return only && more.length === 0 ? only.message : userMessage
}
