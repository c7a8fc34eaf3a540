import type { CanvasEdge, CanvasEdgeRole, CanvasNode } from '#lib/contract/canvas/canvas'
import { aMedia, aText, joined } from '#lib/canvas/store/test-canvas'
import type { NodePlan, Shape } from './run-plan.ts'

type Source = 'image' | 'video'

/** What a shape takes, each by its role; of `references` one or two. */
const takes: Record<Shape, [CanvasEdgeRole, Source][]> = {
  words: [],
  'first frame': [['firstFrame', 'image']],
  'both frames': [
    ['firstFrame', 'image'],
    ['lastFrame', 'image'],
  ],
  references: [
    ['reference', 'image'],
    ['reference', 'image'],
  ],
  'made over': [['sourceVideo', 'video']],
  extension: [['extension', 'video']],
  'video as a picture': [['firstFrame', 'video']],
}

/** The nodes and edges of a plan. Whether something of it can never be made is for the product to say. */
export function graphOf(plans: readonly NodePlan[]) {
  const nodes: CanvasNode[] = []
  const edges: { edge: CanvasEdge }[] = []
  for (const [index, plan] of plans.entries()) {
    const before = (kind: CanvasNode['kind']) =>
      nodes.filter((node, at) => node.kind === kind && !plans[at]!.isAlone)
    const found = sourcesFor(plan, before)
    const node = nodeOf(plan, index, found === undefined ? 'words' : plan.shape)
    nodes.push(node)
    if (plan.isAlone || plan.kind === 'text') continue
    for (const [role, source] of found ?? []) edges.push(joined(source, node, role))
    const texts = before('text')
    if (texts.length > 0 && plan.picks[2]! % 2 === 0)
      edges.push(joined(texts[plan.picks[2]! % texts.length]!, node, 'prompt'))
  }
  return { nodes, edges }
}

/** What its shape takes, each one once; undefined where something of that is not there. */
function sourcesFor(
  { kind, shape, picks, isAlone }: NodePlan,
  before: (kind: CanvasNode['kind']) => CanvasNode[],
): [CanvasEdgeRole, CanvasNode][] | undefined {
  const isOfVideos = shape !== 'words' && shape !== 'references'
  if (isAlone || kind === 'text' || (kind === 'image' && isOfVideos)) return undefined
  const found: [CanvasEdgeRole, CanvasNode][] = []
  for (const [index, [role, source]] of takes[shape].entries()) {
    const left = before(source).filter((node) => role !== 'reference' || !isIn(found, node))
    if (left.length > 0) found.push([role, left[picks[index]! % left.length]!])
    else if (found.length === 0) return undefined
  }
  return found
}

function isIn(found: readonly [CanvasEdgeRole, CanvasNode][], node: CanvasNode) {
  return found.some(([, one]) => one === node)
}

function nodeOf({ kind }: NodePlan, index: number, shape: Shape): CanvasNode {
  if (kind === 'text') return aText({ text: `Words ${index}.` })
  const prompt = `Node ${index}.`
  if (kind === 'image') return aMedia('image', { model: 'nano-banana-2', prompt })
  return shape === 'made over'
    ? aMedia('video', { model: 'runway-aleph', prompt })
    : aMedia('video', { model: 'veo-3.1-fast', prompt, duration: 8 })
}
