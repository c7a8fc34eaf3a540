import { type CanvasContent, applyChanges } from '#lib/contract/canvas/apply-changes'
import {
  type CanvasNode,
  type CanvasSummary,
  canvasEdgeSchema,
  canvasLimits,
  canvasMaxBytes,
  canvasNameSchema,
  canvasNodeSchema,
} from '#lib/contract/canvas/canvas'
import { type MessageRef, message } from '#lib/messages/message'
import { database } from '../../db/client.ts'
import { AppError, invalidField } from '../../errors.ts'
import { checked, objectOf } from '../input.ts'
import { assertStorable } from '../storable.ts'
import { makeCanvas, summaryOf } from './canvases.ts'
import { withFreshIds } from './copy-canvas.ts'
import { findCanvas } from './find-canvas.ts'
import { foreignAmong, mediaOf } from './media.ts'

/** Bytes of a file that is imported: the nodes of the heaviest canvas, and its edges. */
export const importMaxBytes = canvasMaxBytes + 2 * 1024 ** 2

/**
 * Makes a canvas from a file, under ids of its own. Throws `invalid_input` with the faulty field, and `not_possible_now`
 * where the file names images or videos that are not this owner's: `isOwnOnly` leaves these out. Then nothing is made.
 */
export async function importCanvas(
  ownerId: string,
  body: unknown,
  { isOwnOnly }: { isOwnOnly: boolean },
): Promise<CanvasSummary> {
  const { name, content } = fileOf(body)
  const media = new Set([...content.nodes.values()].flatMap(mediaOf))
  const foreign = await foreignAmong(database(), ownerId, media)
  if (foreign.size > 0 && !isOwnOnly) throw foreignMedia(content, foreign)
  const own = foreign.size > 0 ? without(content, foreign) : content
  const { id } = await makeCanvas(ownerId, { name, content: withFreshIds(own) })
  return summaryOf(await findCanvas(ownerId, id))
}

function fileOf(body: unknown) {
  const file = objectOf(body)
  if (file['object'] !== 'canvas.file')
    throw invalidField('object', message('canvasList.error.noFile'))
  const nodes = listOf(file, 'nodes')
  const edges = listOf(file, 'edges')
  assertStorable(file)
  for (const name of Object.keys(file))
    if (!['object', 'name', 'nodes', 'edges'].includes(name))
      throw invalidField(name.slice(0, 60), message('request.unknown_setting'))
  const name = checked(canvasNameSchema, file['name'] ?? '', 'name')
  return { name, content: contentOf(nodes, edges) }
}

function listOf(file: Record<string, unknown>, name: 'nodes' | 'edges'): unknown[] {
  const list = file[name]
  const limit = canvasLimits[name]
  if (!Array.isArray(list)) throw invalidField(name, message('errors.sendObject'))
  const tooMany = name === 'nodes' ? 'canvasChange.tooManyNodes' : 'canvasChange.tooManyEdges'
  if (list.length > limit) throw invalidField(name, message(tooMany, { limit }))
  return list
}

/** Groups first: what is in one comes after it. A field is named as in the file. */
function contentOf(nodeList: unknown[], edgeList: unknown[]): CanvasContent {
  const nodes = nodeList.map((node, index) => ({
    change: 'add' as const,
    node: checked(canvasNodeSchema, node, `nodes[${index}]`),
    path: `nodes[${index}]`,
  }))
  const edges = edgeList.map((edge, index) => ({
    change: 'add' as const,
    edge: checked(canvasEdgeSchema, edge, `edges[${index}]`),
    path: `edges[${index}]`,
  }))
  assertOnce([
    ...nodes.map(({ node, path }) => ({ id: node.id, path })),
    ...edges.map(({ edge, path }) => ({ id: edge.id, path })),
  ])
  const groups = new Set(nodes.flatMap(({ node }) => (node.kind === 'group' ? [node.id] : [])))
  for (const { node, path } of nodes)
    if (node.groupId !== null && !groups.has(node.groupId))
      throw invalidField(`${path}.groupId`, message('canvasChange.noGroup'))
  const isGroup = ({ node }: { node: CanvasNode }) => node.kind === 'group'
  const steps = [...nodes.filter(isGroup), ...nodes.filter((one) => !isGroup(one)), ...edges]
  const empty = { nodes: new Map(), edges: new Map() }
  const { content, refusal } = applyChanges(
    empty,
    steps.map(({ path: _path, ...change }) => change),
  )
  if (!refusal) return content
  const rest = refusal.field.replace(/^changes\[\d+\](?:\.node|\.edge)?/, '')
  throw invalidField(`${steps[refusal.index]!.path}${rest}`, refusal.says)
}

function assertOnce(named: { id: string; path: string }[]) {
  const seen = new Set<string>()
  for (const { id, path } of named) {
    if (seen.has(id)) throw invalidField(`${path}.id`, message('canvasChange.idTaken'))
    seen.add(id)
  }
}

function foreignMedia({ nodes }: CanvasContent, foreign: ReadonlySet<string>) {
  const index = [...nodes.values()].findIndex((node) => mediaOf(node).some((id) => foreign.has(id)))
  const says: MessageRef = message('canvasList.error.foreignMedia', { count: foreign.size })
  const field = `nodes[${index}].versions`
  return new AppError('not_possible_now', { userMessage: says, fields: [{ field, message: says }] })
}

function without({ nodes, edges }: CanvasContent, foreign: ReadonlySet<string>): CanvasContent {
  const kept = [...nodes.values()].map((node): CanvasNode => {
    if (!('versions' in node)) return node
    const versions = node.versions.filter((id) => !foreign.has(id))
    const pinned = node.pinned && !foreign.has(node.pinned) ? node.pinned : null
    return { ...node, versions, pinned }
  })
  return { nodes: new Map(kept.map((node) => [node.id, node])), edges }
}
