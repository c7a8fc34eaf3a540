'use client'

import type { ReactFlowInstance } from '@xyflow/react'
import { createContext, use } from 'react'
import { isMedia } from '#lib/contract/canvas/brought'
import type { CanvasNode } from '#lib/contract/canvas/canvas'
import type { CanvasRunRequest } from '#lib/contract/canvas/run'
import type { ModelView } from '#lib/contract/model-view'
import type { CanvasDoc } from '#lib/delivery/canvas/canvas-doc'
import type { Sentence } from '#lib/messages/message'
import type { History } from './edit/history.ts'
import type { FlowEdge, FlowNode } from './shape/flow-elements.ts'
import type { Point } from './shape/places.ts'

export interface MenuEntry {
  label: string
  /** At its right end: keys. */
  aside?: string
  onSelect: () => void
}

/** A menu at a place of the window, in parts that each may say something first. */
export interface OpenMenu {
  at: Point
  label: string
  parts: { title?: string; items: MenuEntry[] }[]
}

/** What an editor is told as it changes. */
export interface EditorNow {
  say: (sentence: Sentence) => string
  announceText: (text: string) => void
  /** The models, by what they make. */
  video: readonly ModelView[]
  image: readonly ModelView[]
  select: (ids: ReadonlySet<string>) => void
  /** Where the pointer is over the canvas, in the window. */
  at: Point | null
  openRun: (scope: RunScope) => void
}

/** What of the canvas is run: the nodes that are selected, these and what follows from them, or all. */
export type RunScope = CanvasRunRequest['scope']

/** What a canvas is worked on with: one a page, and always the same object. */
export interface Editor {
  /** The canvas; what is changed by it can be undone. */
  doc: CanvasDoc
  history: History
  flow: ReactFlowInstance<FlowNode, FlowEdge>
  update: (next: Partial<EditorNow>) => void
  /** Those that could make a node. */
  modelsFor: (node: CanvasNode) => readonly ModelView[]
  select: (ids: ReadonlySet<string>) => void
  openMenu: (menu: OpenMenu | null) => void
  /** Selects a node, brings it into sight, near enough to be read, and gives it the focus. */
  goTo: (id: string) => void
  /** Brings all nodes into sight. */
  fit: () => void
  /** Says on the screen, and to screen readers, why something cannot be. */
  refuse: (why: Sentence) => void
  /** Says on the screen, and to screen readers, that something is done. */
  tell: (done: Sentence) => void
  /** Said to screen readers. */
  announce: (sentence: Sentence) => void
  /** Opens the plan of a run. */
  run: (scope: RunScope) => void
  /** The middle of what is seen, on the canvas. */
  middle: () => Point
  /** Where the pointer last was over the canvas, on the canvas; null before. */
  pointer: () => Point | null
}

const EditorContext = createContext<Editor | null>(null)

export const EditorProvider = EditorContext.Provider

export function useEditor(): Editor {
  const editor = use(EditorContext)
  if (!editor) throw new Error('Outside of a canvas')
  return editor
}

/** The ids of what is selected: of nodes, and of edges. */
export function selectionOf({ flow }: Editor) {
  const ids = (elements: (FlowNode | FlowEdge)[]) =>
    new Set(elements.filter(({ selected }) => selected).map(({ id }) => id))
  return { nodes: ids(flow.getNodes()), edges: ids(flow.getEdges()) }
}

/** Of some nodes, those that are made: images and videos. */
export function madeAmong({ doc }: Editor, ids: Iterable<string>): string[] {
  const { nodes } = doc.read()
  return [...ids].filter((id) => isMedia(nodes.get(id)))
}
