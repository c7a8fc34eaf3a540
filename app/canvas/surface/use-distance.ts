'use client'

import { useStore } from '@xyflow/react'
import { createContext, use } from 'react'

/** From where a canvas is seen: its nodes can be read, only be told apart, or are a few pixels each. */
export type Distance = 'near' | 'far' | 'farthest'

/** Below this zoom a line of text is under four pixels high. */
const farBelow = 0.25
/** And below this one a picture is as large as a letter. */
const farthestBelow = 0.06

export function distanceAt(zoom: number): Distance {
  if (zoom < farthestBelow) return 'farthest'
  return zoom < farBelow ? 'far' : 'near'
}

const DistanceContext = createContext<Distance>('near')

export const DistanceProvider = DistanceContext.Provider

/** From where the canvas is seen. Asked once a canvas: a node that watches the zoom would be asked at every step of a move. */
export function useCanvasDistance(): Distance {
  return useStore(({ transform: [, , zoom] }) => distanceAt(zoom))
}

/** The same, for a node. */
export function useDistance(): Distance {
  return use(DistanceContext)
}

/** Further away, the words of edges are too small to read. */
const edgeWordsFrom = 0.45

const EdgeWordsContext = createContext(false)

export const EdgeWordsProvider = EdgeWordsContext.Provider

/** Whether the words of edges can be read. Asked once a canvas, too. */
export function useCanvasEdgeWords(): boolean {
  return useStore(({ transform: [, , zoom] }) => zoom >= edgeWordsFrom)
}

/** The same, for an edge. */
export function useEdgeWords(): boolean {
  return use(EdgeWordsContext)
}
