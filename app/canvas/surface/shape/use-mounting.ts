import { type PointerEvent, useEffect, useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import { placeOf } from '#lib/contract/canvas/free-place'
import type { Editor } from '../editor.ts'
import { type Elements, mountedOf } from './mounting.ts'
import { holds } from './places.ts'

/** So many elements take a few hundredths of a second. */
const atOnce = 100

/**
 * The elements of a canvas, in turns: a thousand at once would hold the page for most of a second. Until all are there
 * the outline shows them. What is pointed at has its turn at once, and with the first key all have it: Tab goes through
 * every node.
 */
export function useMounting(editor: Editor, { nodes, edges }: Elements) {
  const [count, setCount] = useState(atOnce)
  const [early, setEarly] = useState<ReadonlySet<string>>(new Set())
  const isRead = editor.doc.read().version > 0
  const total = nodes.length + edges.length
  const isDone = isRead && count >= total
  const mounted = useMemo(
    () => mountedOf({ nodes, edges }, count, early),
    [nodes, edges, count, early],
  )
  useEffect(() => {
    if (!isRead || count === Infinity) return undefined
    return afterFrame(() => setCount(count >= total ? Infinity : count + atOnce))
  }, [isRead, count, total])
  useFirstKey(isDone, () => flushSync(() => setCount(Infinity)))
  const mountUnder = (event: PointerEvent) => {
    const id = idUnder(event, editor, mounted)
    if (id) flushSync(() => setEarly((before) => new Set([...before, id])))
    return id
  }
  const pointing = isDone
    ? {}
    : {
        onPointerMoveCapture: mountUnder,
        onPointerDownCapture: (event: PointerEvent) => {
          const id = mountUnder(event)
          // What follows from the press is told of what was there before it.
          if (id) setTimeout(() => choose(id, editor))
        },
      }
  return { mounted, isDone, pointing }
}

/** The node at a place of the window that has not had its turn. */
function idUnder({ clientX: x, clientY: y }: PointerEvent, editor: Editor, { nodes }: Elements) {
  const at = editor.flow.screenToFlowPosition({ x, y })
  const known = editor.doc.read().nodes
  return nodes.findLast(({ hidden, data }) => hidden && holds(placeOf(data.node, known), at))?.id
}

function choose(id: string, { select }: Editor) {
  select(new Set([id]))
  document
    .querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`)
    ?.focus({ preventScroll: true })
}

function useFirstKey(isDone: boolean, onKey: () => void) {
  const [listener] = useState(() => onKey)
  useEffect(() => {
    if (isDone) return undefined
    addEventListener('keydown', listener, { capture: true })
    return () => removeEventListener('keydown', listener, { capture: true })
  }, [isDone, listener])
}

/** Once a frame is shown, and what was done meanwhile is heard. */
function afterFrame(work: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(work)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
