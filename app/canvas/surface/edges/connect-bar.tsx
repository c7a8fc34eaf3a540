'use client'

import { placeOf } from '#lib/contract/canvas/free-place'
import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent, useState } from 'react'
import { Button } from '#components/ui/button'
import type { CanvasNode } from '#lib/contract/canvas/canvas'
import type { CanvasState } from '#lib/delivery/canvas/canvas-doc'
import { message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { useEditor } from '../editor.ts'
import { type Direction, middleOf, neighbour } from '../shape/places.ts'
import { join } from './join.ts'
import { wouldCircle, rolesBetween } from './roles.ts'
import { screenPlaceOf } from './use-edge-drag.ts'

interface ConnectBarProps {
  /** The node the edge begins at. */
  from: string
  nameOf: (id: string) => string
  onEnd: () => void
}

const directions: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

/** An edge without a pointer: arrows, or the list, choose the node it leads to, Enter joins, Escape ends. */
export function ConnectBar(props: ConnectBarProps) {
  const { from, nameOf, onEnd } = props
  const t = useTranslations('canvas')
  const { targets, aim, aimAt, finish } = useAim(props)
  return (
    <section
      aria-label={t('do.connect')}
      className="absolute inset-x-3 top-3 z-10 mx-auto flex max-w-xl flex-wrap items-center gap-3 rounded-lg border border-signal bg-raised px-4 py-2 text-sm"
    >
      <span className="min-w-40 flex-1">
        {t(targets.length > 0 ? 'connecting' : 'connectingNone', { name: nameOf(from) })}
      </span>
      {targets.length > 0 && (
        <>
          <select
            aria-label={t('connectTo')}
            value={aim}
            onChange={({ target }) => aimAt(target.value)}
            className="max-w-48 rounded-md border border-edge bg-raised px-2 py-1.5 text-sm"
          >
            {targets.map(({ id }) => (
              <option key={id} value={id}>
                {nameOf(id)}
              </option>
            ))}
          </select>
          <Button size="small" variant="primary" onClick={finish}>
            {t('connectNow')}
          </Button>
        </>
      )}
      <Button size="small" variant="quiet" onClick={onEnd}>
        {t('cancel')}
      </Button>
    </section>
  )
}

/** The node an edge is to lead to, chosen by keys or out of a list. */
function useAim({ from, nameOf, onEnd }: ConnectBarProps) {
  const t = useTranslations('canvas')
  const say = useSay()
  const editor = useEditor()
  const { nodes } = editor.doc.read()
  const source = nodes.get(from)
  const targets = source ? targetsOf(source, editor.doc.read()) : []
  const [aim, setAim] = useState(() => source && nearest(source, targets, nodes)?.id)
  const aimAt = (id: string | undefined) => {
    const node = id && nodes.get(id)
    if (!node) return
    setAim(node.id)
    const { x, y } = middleOf(placeOf(node, nodes))
    void editor.flow.setCenter(x, y, { zoom: editor.flow.getZoom() })
    editor.announce(message('canvas.said.aimed', { name: nameOf(node.id) }))
  }
  const finish = () => {
    onEnd()
    if (aim) join(editor, { source: from, target: aim, at: screenPlaceOf(aim) }, t, say)
  }
  useConnectKeys({
    move: (way) =>
      aimAt(source && neighbour(nodes.get(aim ?? from) ?? source, way, targets, nodes)?.id),
    finish,
    end: onEnd,
  })
  useMarked(aim)
  return { targets, aim, aimAt, finish }
}

interface ConnectKeys {
  move: (direction: Direction) => void
  finish: () => void
  end: () => void
}

/** While an edge is drawn by keys, they do nothing else. */
function useConnectKeys({ move, finish, end }: ConnectKeys) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const direction = directions[event.key]
    const isInList = event.target instanceof Element && !!event.target.closest('select, button')
    if (event.key === 'Escape') end()
    else if (isInList) return
    else if (direction) move(direction)
    else if (event.key === 'Enter') finish()
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    addEventListener('keydown', listen, { capture: true })
    return () => removeEventListener('keydown', listen, { capture: true })
  }, [])
}

function targetsOf(source: CanvasNode, { nodes, edges }: CanvasState) {
  return [...nodes.values()].filter(
    ({ id, kind }) =>
      rolesBetween(source.kind, kind).length > 0 && !wouldCircle(source.id, id, edges),
  )
}

function nearest(
  from: CanvasNode,
  targets: readonly CanvasNode[],
  nodes: ReadonlyMap<string, CanvasNode>,
) {
  const ways: readonly Direction[] = ['right', 'down', 'up', 'left']
  const found = ways.flatMap((way) => neighbour(from, way, targets, nodes) ?? [])
  return found[0] ?? targets[0]
}

/** Marks the node that is aimed at. */
function useMarked(id: string | undefined) {
  useEffect(() => {
    const node = id && document.querySelector(`.react-flow__node[data-id="${id}"]`)
    if (!node) return undefined
    node.classList.add('is-aimed-at')
    return () => node.classList.remove('is-aimed-at')
  }, [id])
}
