'use client'

import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from '@xyflow/react'
import { clsx } from 'clsx'
import { useTranslations } from 'next-intl'
import { memo } from 'react'
import { useEditor } from '../editor.ts'
import type { FlowEdge } from '../shape/flow-elements.ts'
import { useEdgeWords } from '../use-distance.ts'
import { openEdgeMenu } from './edge-menu.ts'

/** An edge: a hairline with its role on it, which a click changes. */
export const RoleEdge = memo(function RoleEdge(props: EdgeProps<FlowEdge>) {
  const { id, data, selected } = props
  const [path, x, y] = getBezierPath(props)
  const isReadable = useEdgeWords()
  return (
    <>
      <BaseEdge id={id} path={path} interactionWidth={24} />
      {data && (isReadable || selected) && (
        <EdgeLabelRenderer>
          <RoleButton edge={data.edge} isSelected={selected ?? false} x={x} y={y} />
        </EdgeLabelRenderer>
      )}
    </>
  )
})

interface RoleButtonProps {
  edge: NonNullable<FlowEdge['data']>['edge']
  isSelected: boolean
  x: number
  y: number
}

function RoleButton({ edge, isSelected, x, y }: RoleButtonProps) {
  const t = useTranslations('canvas')
  const editor = useEditor()
  return (
    <button
      type="button"
      // The edge itself has the focus of the keyboard, and the same menu.
      tabIndex={-1}
      aria-haspopup="menu"
      aria-label={t('changeRole', { role: t(`role.${edge.role}`) })}
      className={clsx(
        'nodrag nopan pointer-events-auto absolute rounded-sm border bg-ground px-1.5 text-tiny whitespace-nowrap',
        isSelected ? 'border-signal text-ink' : 'border-hairline text-soft hover:text-ink',
      )}
      style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
      onClick={({ clientX, clientY }) => openEdgeMenu(editor, edge, { x: clientX, y: clientY }, t)}
    >
      {t(`role.${edge.role}`)}
    </button>
  )
}
