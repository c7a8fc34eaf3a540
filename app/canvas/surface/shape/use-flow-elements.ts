import {
  applyEdgeChanges,
  applyNodeChanges,
  type EdgeChange,
  type NodeChange,
  type OnNodeDrag,
  type SelectionDragHandler,
} from '@xyflow/react'
import {
  type Dispatch,
  type SetStateAction,
  useCallback,
  useEffect,
  useMemo,
  useState,
} from 'react'
import type { CanvasDoc } from '#lib/delivery/canvas/canvas-doc'
import { dropped } from '../edit/grouping.ts'
import {
  type FlowEdge,
  flowEdges,
  type FlowNode,
  flowNodes,
  type NamesOf,
} from './flow-elements.ts'

/**
 * The elements of a canvas as they are drawn. While nodes are dragged, only here; let go, the canvas has their places:
 * saving is its business. Selection is of this tab alone.
 */
export function useFlowElements(doc: CanvasDoc, names: NamesOf) {
  const [nodes, setNodes] = useState<FlowNode[]>(() => flowNodes(doc.read().nodes, [], names))
  const [edges, setEdges] = useState<FlowEdge[]>(() => flowEdges(doc.read().edges, [], names))
  useEffect(() => {
    const read = () => {
      const state = doc.read()
      setNodes((before) => flowNodes(state.nodes, before, names, isInUse()))
      setEdges((before) => flowEdges(state.edges, before, names))
    }
    read()
    return doc.subscribe(read)
  }, [doc, names])
  const select = useCallback((ids: ReadonlySet<string>) => {
    setNodes((before) => selecting(before, ids))
    setEdges((before) => selecting(before, ids))
  }, [])
  const onEdgesChange = useCallback((changes: EdgeChange<FlowEdge>[]) => {
    setEdges((before) => applyEdgeChanges(changes, before))
  }, [])
  const moves = useMemo(() => movesOf(doc, setNodes), [doc])
  return { nodes, edges, select, onEdgesChange, ...moves }
}

/** Nodes moved here, by the pointer and by keys. */
function movesOf(doc: CanvasDoc, setNodes: Dispatch<SetStateAction<FlowNode[]>>) {
  let isDragging = false
  const begin = () => {
    isDragging = true
  }
  const end = (moved: readonly FlowNode[]) => {
    isDragging = false
    doc.apply(dropped(moved, doc.read().nodes))
  }
  const onNodesChange = (changes: NodeChange<FlowNode>[]) => {
    setNodes((before) => applyNodeChanges(changes, before))
    if (!isDragging) doc.apply(movedByKeys(changes, doc))
  }
  const onNodeDragStop: OnNodeDrag<FlowNode> = (_, __, moved) => end(moved)
  const onSelectionDragStop: SelectionDragHandler<FlowNode> = (_, moved) => end(moved)
  return {
    onNodesChange,
    onNodeDragStart: begin,
    onSelectionDragStart: begin,
    onNodeDragStop,
    onSelectionDragStop,
  }
}

/** Whether something in a node has the focus, or plays: moved in the page, it would lose that. */
function isInUse() {
  return (
    document.activeElement?.closest('.react-flow__node') != null ||
    [...document.querySelectorAll('.react-flow__node video')].some(
      (one) => one instanceof HTMLVideoElement && !one.paused,
    )
  )
}

function selecting<Element extends FlowNode | FlowEdge>(
  elements: Element[],
  ids: ReadonlySet<string>,
): Element[] {
  return elements.map((one) =>
    (one.selected ?? false) === ids.has(one.id) ? one : { ...one, selected: ids.has(one.id) },
  )
}

function movedByKeys(changes: readonly NodeChange<FlowNode>[], doc: CanvasDoc) {
  const moved = changes.flatMap((one) =>
    one.type === 'position' && one.position && one.dragging === false
      ? [{ id: one.id, x: Math.round(one.position.x), y: Math.round(one.position.y) }]
      : [],
  )
  const { nodes } = doc.read()
  return moved
    .filter(({ id, x, y }) => nodes.get(id)?.x !== x || nodes.get(id)?.y !== y)
    .map(({ id, x, y }) => ({ change: 'set', id, fields: { x, y } }) as const)
}
