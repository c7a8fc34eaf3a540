'use client'

import { EyeOffIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { Button } from '#components/ui/button'
import { connectedTo } from '#lib/contract/canvas/connected'
import type { CanvasNode, NodeOf } from '#lib/contract/canvas/canvas'
import { Disclosure } from '#components/ui/disclosure'
import type { BodyProps } from '../body-props.ts'

/** What the chat reads of the canvas; each node can be hidden, and shown again. */
export function SeesList({ node, doc }: BodyProps<NodeOf<'chat'>>) {
  const t = useTranslations('canvasNodes')
  const { nodes, edges } = useSyncExternalStore(doc.subscribe, doc.read, doc.read)
  const connected = connectedTo({ ...node, hidden: [] }, { nodes, edges: edges.values() })
  if (connected.length === 0) return null
  const hidden = new Set(node.hidden)
  const change = (ids: string[]) =>
    doc.apply([{ change: 'set', id: node.id, fields: { hidden: ids } }])
  const seen = connectedTo(node, { nodes, edges: edges.values() }).length
  return (
    <div className="mx-3 max-h-40 shrink-0 overflow-y-auto border-b border-hairline pb-1 text-tiny">
      <Disclosure label={t('sees', { count: seen })}>
        <ul className="flex flex-wrap gap-1 py-1">
          {connected.map((one) => (
            <li key={one.id} className="max-w-full">
              <SeenNode
                node={one}
                isHidden={hidden.has(one.id)}
                onToggle={() =>
                  change(
                    hidden.has(one.id)
                      ? node.hidden.filter((id) => id !== one.id)
                      : [...node.hidden, one.id],
                  )
                }
              />
            </li>
          ))}
        </ul>
      </Disclosure>
    </div>
  )
}

interface SeenNodeProps {
  node: CanvasNode
  isHidden: boolean
  onToggle: () => void
}

function SeenNode({ node, isHidden, onToggle }: SeenNodeProps) {
  const t = useTranslations()
  const name = wordsOf(node) || t(`canvas.kind.${node.kind}`)
  return (
    <Button
      size="small"
      variant={isHidden ? 'quiet' : 'outline'}
      aria-pressed={!isHidden}
      title={t(isHidden ? 'canvasNodes.putBack' : 'canvasNodes.takeOut', { name })}
      className="max-w-full"
      onClick={onToggle}
    >
      {isHidden && <EyeOffIcon />}
      <span dir="auto" className={isHidden ? 'truncate text-soft line-through' : 'truncate'}>
        {name}
      </span>
    </Button>
  )
}

function wordsOf(node: CanvasNode) {
  if ('text' in node) return node.text.slice(0, 80)
  const prompt = 'settings' in node ? node.settings.prompt : ''
  return typeof prompt === 'string' ? prompt.slice(0, 80) : ''
}
