import type { FinalConnectionState, IsValidConnection, OnConnect } from '@xyflow/react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useSay } from '#lib/messages/use-say'
import type { Editor } from '../editor.ts'
import type { FlowEdge } from '../shape/flow-elements.ts'
import { join, offerNodes } from './join.ts'

/** Edges drawn by the pointer: let go on a node, it is joined; over the empty canvas, nodes are offered. */
export function useEdgeDrag(editor: Editor) {
  const t = useTranslations('canvas')
  const say = useSay()
  return useMemo(() => {
    const isValidConnection: IsValidConnection<FlowEdge> = ({ source, target }) => source !== target
    // A click on one end and then on another.
    const onConnect: OnConnect = ({ source, target }) =>
      join(editor, { source, target, at: screenPlaceOf(target) }, t, say)
    const onConnectEnd = (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      if (!state.fromNode || state.isValid) return
      const at = pointOf(event)
      const over = document
        .elementFromPoint(at.x, at.y)
        ?.closest<HTMLElement>('.react-flow__node, .react-flow__pane')
      const id = over?.dataset['id']
      const from = state.fromNode.id
      const isBackwards = state.fromHandle?.type === 'target'
      if (id && id !== from)
        join(
          editor,
          isBackwards ? { source: id, target: from, at } : { source: from, target: id, at },
          t,
          say,
        )
      else if (over && !id && !isBackwards) offerNodes(editor, { source: from, at }, t, say)
    }
    return { isValidConnection, onConnect, onConnectEnd }
  }, [editor, t, say])
}

function pointOf(event: MouseEvent | TouchEvent) {
  const point = 'changedTouches' in event ? event.changedTouches[0]! : event
  return { x: point.clientX, y: point.clientY }
}

/** Of the window: the left end of a node. */
export function screenPlaceOf(id: string) {
  const node = document.querySelector(`.react-flow__node[data-id="${id}"]`)
  const {
    left = innerWidth / 2,
    top = innerHeight / 2,
    height = 0,
  } = node?.getBoundingClientRect() ?? {}
  return { x: left, y: top + height / 2 }
}
