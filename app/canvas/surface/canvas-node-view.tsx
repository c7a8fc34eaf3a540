'use client'

import { Handle, type NodeProps, NodeResizeControl, Position } from '@xyflow/react'
import { clsx } from 'clsx'
import { useTranslations } from 'next-intl'
import { memo, type ReactNode } from 'react'
import { isMedia } from '#lib/contract/canvas/brought'
import type { CanvasNode } from '#lib/contract/canvas/canvas'
import { FarBody } from '../nodes/far-body.tsx'
import { NodeBody } from '../nodes/node-body.tsx'
import { useEditor } from './editor.ts'
import type { FlowNode } from './shape/flow-elements.ts'
import { useDistance } from './use-distance.ts'

/** A node: its kind above a hairline frame, its body, and where edges begin and end. */
export const CanvasNodeView = memo(function CanvasNodeView({
  data: { node },
  selected,
}: NodeProps<FlowNode>) {
  const distance = useDistance()
  if (distance === 'near') return <NearNode node={node} isSelected={selected} />
  // Its name and its ends would be a pixel high; edges are drawn without them.
  return (
    <Frame kind={node.kind} ground={isMedia(node) ? 'bg-film text-on-film' : 'bg-raised'}>
      {distance === 'far' && <FarBody node={node} />}
    </Frame>
  )
})

interface FrameProps {
  kind: CanvasNode['kind']
  ground?: string
  children: ReactNode
}

function Frame({ kind, ground = 'bg-raised', children }: FrameProps) {
  return (
    <div
      className={clsx(
        'canvas-frame nokey size-full overflow-hidden rounded-md border',
        kind === 'group' ? 'border-dashed border-edge' : ['border-hairline', ground],
      )}
    >
      {children}
    </div>
  )
}

function NearNode({ node, isSelected }: { node: CanvasNode; isSelected: boolean }) {
  const t = useTranslations('canvas')
  const { doc } = useEditor()
  return (
    <>
      <span
        aria-hidden="true"
        className="absolute -top-5 left-0 max-w-full truncate text-tiny text-soft"
      >
        {t(`kind.${node.kind}`)}
      </span>
      <Frame kind={node.kind}>
        <NodeBody node={node} doc={doc} />
      </Frame>
      <Ends node={node} />
      {isSelected && <Corner node={node} />}
    </>
  )
}

/** Where edges end and begin; dragged from by the pointer, and from the keyboard by the command for it. */
function Ends({ node }: { node: CanvasNode }) {
  const t = useTranslations('canvas')
  if (node.kind === 'group' || node.kind === 'note') return null
  return (
    <>
      {node.kind !== 'text' && (
        <Handle type="target" position={Position.Left} title={t('handle.in')} />
      )}
      <Handle type="source" position={Position.Right} title={t('handle.out')} />
    </>
  )
}

/** Makes the node larger or smaller. */
function Corner({ node }: { node: CanvasNode }) {
  const { doc } = useEditor()
  return (
    <NodeResizeControl
      position="bottom-right"
      className="canvas-corner"
      minWidth={120}
      minHeight={80}
      maxWidth={5_000}
      maxHeight={5_000}
      onResizeEnd={(_, { width, height }) =>
        doc.apply([
          {
            change: 'set',
            id: node.id,
            fields: { width: Math.round(width), height: Math.round(height) },
          },
        ])
      }
    />
  )
}
