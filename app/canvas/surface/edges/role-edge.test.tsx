import { Position } from '@xyflow/react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { RoleEdge } from './role-edge.tsx'

const ends = {
  sourceX: 0,
  sourceY: 0,
  sourcePosition: Position.Right,
  targetX: 100,
  targetY: 50,
  targetPosition: Position.Left,
}

// Outside of the library's store: an edge that watched the zoom would throw.
test('an edge is drawn without watching the zoom', () => {
  const edge = { id: 'edge', source: 'one', target: 'other', type: 'role' as const, ...ends }
  const markup = renderToStaticMarkup(
    <svg>
      <RoleEdge {...edge} />
    </svg>,
  )
  expect(markup).toContain('react-flow__edge-path')
})
