import type { CanvasContent } from '#lib/contract/canvas/apply-changes'
import { shownVersion } from '#lib/contract/canvas/brought'
import type { MediaNode } from '#lib/contract/canvas/canvas'
import type { CanvasPlan, CanvasRunRequest, PlannedNode } from '#lib/contract/canvas/run'
import { microsOf, usdOf } from '#lib/contract/money'
import type { Caller } from '#lib/contract/people/caller'
import { type Sentence, message } from '#lib/messages/message'
import { and, inArray, isNull } from 'drizzle-orm'
import { database } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { AppError } from '../../errors.ts'
import type { ComingInput } from '../../generations/start/prepare.ts'
import {
  type GenerationRequest,
  assertInputs,
  estimateOf,
  readGenerationRequest,
  settingsHash,
} from '../../generations/start/request.ts'
import { isFinalState } from '../../generations/states.ts'
import { newId } from '../../ids.ts'
import { readContent } from '../store/elements.ts'
import { findCanvas } from '../store/find-canvas.ts'
import { basisOf, bodyOf, isMedia, nodesOfRun, sourcesOf } from './scope.ts'

/** A node that is to be made: under which id, and of what. */
export interface Step {
  node: MediaNode
  fileId: string
  request: GenerationRequest
  /** The video it goes on from the end of. */
  extends: string | undefined
}

/** What a run comes to: what is shown of it, and what is started. */
export interface Planned {
  plan: CanvasPlan
  steps: Step[]
  /** All that is being made: what inputs may wait for. */
  coming: ComingInput[]
  /** The canvas it was read from: its version then, and all of it that the plan hangs on. */
  read: { version: number; basis: string }
}

/**
 * What a run would make, in order, and what it costs. What was made of the same before is used as it is; one that cannot be
 * made is named with the reason. Nothing is started. Throws `not_found` where there is no such canvas of this owner.
 */
export async function planRun(
  caller: Caller,
  canvasId: string,
  request: CanvasRunRequest,
  now = new Date(),
): Promise<Planned> {
  const { ownerId } = caller
  const { id, version } = await findCanvas(ownerId, canvasId)
  const graph = await readContent(database(), id)
  const nodes = nodesOfRun(graph, request)
  const made = await madeOf(nodes)
  const planned = await new Planning({ caller, graph, request, made, now }).planAll(nodes)
  return { ...planned, read: { version, basis: basisOf(graph, request) } }
}

interface Made {
  state: (typeof generation.$inferSelect)['state']
  settingsHash: string
}

/** What is known of the shown versions; nothing of uploads. */
async function madeOf(nodes: readonly MediaNode[]): Promise<Map<string, Made>> {
  const ids = nodes.flatMap((node) => shownVersion(node) ?? [])
  if (ids.length === 0) return new Map()
  const rows = await database()
    .select({
      id: generation.id,
      state: generation.state,
      settingsHash: generation.settingsHash,
    })
    .from(generation)
    .where(and(inArray(generation.id, ids), isNull(generation.deletedAt)))
  return new Map(rows.map(({ id, ...facts }) => [id, facts]))
}

interface PlanningOptions {
  caller: Caller
  graph: CanvasContent
  request: CanvasRunRequest
  made: Map<string, Made>
  now: Date
}

class Planning {
  private readonly options: PlanningOptions
  private readonly shown: PlannedNode[] = []
  private readonly steps: Step[] = []
  private readonly coming: ComingInput[] = []
  /** What others use of each node. */
  private readonly media = new Map<string, string>()
  private readonly orders = new Map<string, number>()
  private readonly refused = new Set<string>()
  private sums = { usd: 0, upToUsd: 0 }

  constructor(options: PlanningOptions) {
    this.options = options
  }

  async planAll(nodes: readonly MediaNode[]): Promise<Omit<Planned, 'read'>> {
    for (const node of nodes) this.shown.push(await this.planOne(node))
    const plan: CanvasPlan = {
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
      if (facts && !isFinalState(facts.state)) return this.wait(node, fileId)
    }
    const why = this.whyNot(node)
    if (why) return this.refuse(node, why)
    try {
      return await this.makeOrUse(node, isAgain ? null : fileId, facts)
    } catch (error) {
      if (error instanceof AppError) return this.refuse(node, error.userMessage)
      throw error
    }
  }

  private async makeOrUse(node: MediaNode, fileId: string | null, facts: Made | undefined) {
    const { caller, graph, now } = this.options
    const body = bodyOf(graph, node, (source) => this.media.get(source.id) ?? '')
    const extension = sourcesOf(graph, node.id).findLast(({ edge }) => edge.role === 'extension')
    const from =
      extension && isMedia(extension.source) ? this.media.get(extension.source.id) : undefined
    const read = await readGenerationRequest(body, caller, now, node.kind)
    const isSame = facts?.state === 'completed' && facts.settingsHash === settingsHash(read)
    if (fileId !== null && isSame) return this.use(node, fileId)
    await assertInputs(caller.ownerId, read.settings.inputs, now, [
      ...this.coming,
      // Of a video its last frame is taken.
      ...(from ? [{ fileId: from, type: 'image' as const }] : []),
    ])
    const { usd, upToUsd } = await estimateOf(read)
    this.sums = {
      usd: this.sums.usd + microsOf(usd),
      upToUsd: this.sums.upToUsd + microsOf(upToUsd),
    }
    const newFileId = newId('file')
    this.steps.push({ node, fileId: newFileId, request: read, extends: from })
    this.media.set(node.id, newFileId)
    this.coming.push({ fileId: newFileId, type: node.kind })
    const before = sourcesOf(graph, node.id).map((one) => this.orders.get(one.source.id) ?? 0)
    const order = Math.max(0, ...before) + 1
    this.orders.set(node.id, order)
    const { kind } = node
    const { label: modelLabel } = read.model
    return { nodeId: node.id, does: 'make', order, kind, modelLabel, usd, upToUsd } as const
  }

  /** What no model could make. */
  private whyNot(node: MediaNode): Sentence | undefined {
    for (const { source, edge } of sourcesOf(this.options.graph, node.id)) {
      if (!isMedia(source)) continue
      if (this.refused.has(source.id)) return message('canvasRun.refusal.before')
      if (!this.media.has(source.id)) return message('canvasRun.refusal.nothing')
      if (source.kind === 'video' && edge.role !== 'extension' && edge.role !== 'sourceVideo')
        return message('canvasRun.refusal.frame')
    }
    return undefined
  }

  private use(node: MediaNode, fileId: string): PlannedNode {
    this.media.set(node.id, fileId)
    return { nodeId: node.id, does: 'reuse', fileId }
  }

  private wait(node: MediaNode, fileId: string): PlannedNode {
    this.media.set(node.id, fileId)
    this.coming.push({ fileId, type: node.kind })
    return { nodeId: node.id, does: 'wait', fileId }
  }

  private refuse(node: MediaNode, why: Sentence): PlannedNode {
    this.refused.add(node.id)
    return { nodeId: node.id, does: 'refuse', why }
  }
}
