'use client'

import { memo, useMemo } from 'react'
import { isMedia } from '#lib/contract/canvas/brought'
import type { CanvasNode, CanvasView } from '#lib/contract/canvas/canvas'
import { type Rect, placeOf, placesOf } from '#lib/contract/canvas/free-place'
import { around } from './shape/places.ts'

type Nodes = ReadonlyMap<string, CanvasNode>

/** A canvas whose nodes are rectangles: as the server draws it, seen from where all of it is in sight on any screen. */
export function FittedOutline({ view: { elements } }: { view: CanvasView }) {
  const nodes = useMemo(
    () => new Map(elements.flatMap(({ node }) => (node ? [[node.id, node] as const] : []))),
    [elements],
  )
  const bounds = around(placesOf(nodes))
  if (!bounds) return null
  const { x, y, width, height } = bounds
  return (
    // Where `sightOf` puts it: below the name of the canvas and above the toolbar, no larger than it is.
    <div className="pointer-events-none absolute inset-x-8 top-24 bottom-22">
      <svg
        aria-hidden="true"
        viewBox={`${x} ${y} ${width} ${height}`}
        className="absolute inset-0 m-auto size-full overflow-visible"
        style={{ maxWidth: width, maxHeight: height }}
      >
        <OutlinePaths nodes={nodes} />
      </svg>
    </div>
  )
}

/** The same, for what is moved and zoomed with the canvas. */
export function Outline({ nodes }: { nodes: Nodes }) {
  return (
    <svg
      aria-hidden="true"
      className="canvas-outline pointer-events-none absolute -z-10 size-px overflow-visible"
    >
      <OutlinePaths nodes={nodes} />
    </svg>
  )
}

/** A path for all of a kind: a thousand elements would take as long as the nodes themselves. */
const OutlinePaths = memo(function OutlinePaths({ nodes }: { nodes: Nodes }) {
  const all = [...nodes.values()]
  const pathOf = (some: CanvasNode[]) => some.map((one) => rectOf(placeOf(one, nodes))).join('')
  return (
    <>
      <path
        className="canvas-outline-path fill-none stroke-edge"
        strokeDasharray="3 3"
        d={pathOf(all.filter(({ kind }) => kind === 'group'))}
      />
      <path
        className="canvas-outline-path fill-raised stroke-hairline"
        d={pathOf(all.filter((one) => one.kind !== 'group' && !isMedia(one)))}
      />
      <path
        className="canvas-outline-path fill-film stroke-hairline"
        d={pathOf(all.filter((one) => isMedia(one)))}
      />
    </>
  )
})

function rectOf(rect: Rect) {
  const [x, y, width, height] = [rect.x, rect.y, rect.width, rect.height].map(Math.round)
  return ['M', x, ' ', y, 'h', width, 'v', height, 'H', x, 'z'].join('')
}
